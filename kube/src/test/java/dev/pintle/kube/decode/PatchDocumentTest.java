package dev.pintle.kube.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
}
