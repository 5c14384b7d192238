package dev.pintle.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ProtoCommentsTest {
  private final ProtoComments comments = new ProtoComments();

  @Test
  void aFieldAndItsMessageHaveTheirLines() {
    comments.add("IntStr");
    String message = "k8s.io.apimachinery.pkg.util.intstr.IntOrString";
    assertThat(comments.of(message).getFirst()).startsWith("IntOrString is a type that can hold");
    assertThat(comments.of(message + ".type")).isEmpty();
    assertThat(comments.of("k8s.io.Nothing")).isEmpty();
  }

  @Test
  void whatWasEscapedForDocumentationIsItself() {
    comments.add("Resource");
    assertThat(comments.of("k8s.io.apimachinery.pkg.api.resource.Quantity"))
        .contains("<quantity>        ::= <signedNumber><suffix>");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> comments.add("Nothing")).hasMessageContaining("Nothing.java");
  }
}
