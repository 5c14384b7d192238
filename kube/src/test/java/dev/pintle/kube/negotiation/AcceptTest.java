package dev.pintle.kube.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.negotiation.Representation.Form;
import dev.pintle.kube.status.StatusError;
import org.junit.jupiter.api.Test;

class AcceptTest {
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

  private final Accept accept = new Accept(true);

  @Test
  void nothingAskedIsJson() {
    assertThat(accept.choose("")).isEqualTo(Representation.JSON);
    assertThat(accept.choose("*/*").mediaType()).isEqualTo(MediaType.JSON);
  }

  @Test
  void theFirstOfEqualsWins() {
    assertThat(accept.choose("application/vnd.kubernetes.protobuf,application/json").mediaType())
        .isEqualTo(MediaType.PROTOBUF);
    assertThat(accept.choose(TABLE + ",application/json").form()).isEqualTo(Form.TABLE);
  }

  @Test
  void qualityGoesBeforeOrder() {
    assertThat(accept.choose("application/yaml;q=0.2, application/json;q=0.9").mediaType())
        .isEqualTo(MediaType.JSON);
  }

  @Test
  void anUnknownTransformationFallsThrough() {
    assertThat(accept.choose("application/json;as=Foo;v=v1;g=meta.k8s.io,application/json").form())
        .isEqualTo(Form.OBJECT);
  }

  @Test
  void customResourcesHaveNoBinaryForm() {
    assertThat(
            new Accept(false)
                .choose("application/vnd.kubernetes.protobuf,application/json")
                .mediaType())
        .isEqualTo(MediaType.JSON);
  }

  @Test
  void whatIsNotSpokenIsRefused() {
    assertThatThrownBy(() -> accept.choose("text/html"))
        .isInstanceOf(StatusError.class)
        .hasMessageStartingWith("406: Not Acceptable");
    assertThatThrownBy(() -> accept.chooseStream("application/yaml"))
        .hasMessage(
            "only the following media types are accepted: application/json;stream=watch,"
                + " application/vnd.kubernetes.protobuf;stream=watch");
  }
}
