package dev.pintle.kube.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.status.StatusError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinueTokenTest {
  @Test
  void whatIsWrittenIsRead() {
    ContinueToken token = new ContinueToken(12, "default/a\u0000");

    assertThat(ContinueToken.decode(token.encode())).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":0,\"start\":\"a\"}",
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"\"}",
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"../secrets/a\"}",
        "{\"v\":\"v9\",\"rv\":1,\"start\":\"a\"}",
        "[]",
        "x"
      })
  void whatCannotBeOursIsRefused(String json) {
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ContinueToken.decode(token))
        .isInstanceOf(StatusError.class)
        .hasMessageStartingWith("invalid continue token: continue key is not valid");
  }
}
