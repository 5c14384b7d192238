package dev.pintle.kube.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.patch.PatchException;
import dev.pintle.kube.patch.PatchType;
import dev.pintle.kube.patch.Patches;
import dev.pintle.kube.schema.SchemaNode;
import org.junit.jupiter.api.Test;

class PatchDocumentTest {
  @Test
  void whatAPatchSaysTwiceIsTold() {
    PatchDocument patch =
        PatchDocument.read("{\"a\":{\"b\":1,\"b\":2,\"c\":[{\"d\":1,\"d\":1}]}}".getBytes(UTF_8));
    assertThat(patch.complaints())
        .containsExactly("duplicate field \"a.b\"", "duplicate field \"a.c[0].d\"");
  }

  @Test
  void whatNoOperationHasIsTold() {
    PatchDocument patch =
        PatchDocument.readOperations(
            "[{\"op\":\"add\",\"op\":\"test\",\"path\":\"\",\"Value\":{\"x\":1,\"x\":1},\"value\":1},7]"
                .getBytes(UTF_8));
    assertThat(patch.complaints())
        .containsExactly(
            "json patch duplicate field \"[0].op\"", "json patch unknown field \"[0].Value\"");
  }

  @Test
  void copiesOfWhatComesTwiceCountWithAllThatComes() {
    String value = "{\"a\":1" + ",\"a\":1".repeat(1_000) + "}";
    String copies = ",{\"op\":\"copy\",\"from\":\"/v\",\"path\":\"/w\"}".repeat(1_000);
    byte[] patch =
        "[{\"op\":\"add\",\"path\":\"/v\",\"value\":%s}%s]"
            .formatted(value, copies)
            .getBytes(UTF_8);
    PatchDocument document = PatchDocument.readOperations(patch);

    assertThatThrownBy(() ->
            new Patches(PatchType.JSON, document.json(), SchemaNode.ANYTHING, true)
                .apply(new JsonObject()))
        .isInstanceOf(PatchException.class)
        .hasMessageContaining("the accumulated size increase of copy");
  }
}
