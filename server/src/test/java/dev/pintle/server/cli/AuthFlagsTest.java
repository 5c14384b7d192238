package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.auth.JwtSigning;
import dev.pintle.server.config.EtcdAuth;
import dev.pintle.server.failure.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthFlagsTest {
  @Test
  void withoutFlagsTokensAreSimpleAndCertificatesNameNobody() throws StartException {
    assertThat(parse())
        .isEqualTo(new EtcdAuth(new EtcdAuth.Simple(Duration.ofMinutes(5)), 10, false));
  }

  @Test
  void eachFlagCounts() throws StartException {
    assertThat(parse("--auth-token-ttl=7", "--bcrypt-cost=12", "--auth-token=simple"))
        .isEqualTo(new EtcdAuth(new EtcdAuth.Simple(Duration.ofSeconds(7)), 12, false));
    assertThat(parse("--auth-token-ttl=0").tokens())
        .isEqualTo(new EtcdAuth.Simple(Duration.ofMinutes(5)));
    assertThat(parse("--auth-token=").tokens()).isEqualTo(new EtcdAuth.None());
    assertThat(parse("--auth-token=jwt,pub-key=a,priv-key=b,sign-method=ES384,ttl=1h30m").tokens())
        .isEqualTo(
            new EtcdAuth.Jwt(
                JwtSigning.ES384,
                Optional.of(Path.of("a")),
                Optional.of(Path.of("b")),
                Duration.ofMinutes(90)));
    assertThat(parse("--auth-token=jwt,priv-key=b,sign-method=EdDSA").tokens())
        .isEqualTo(
            new EtcdAuth.Jwt(
                JwtSigning.EDDSA,
                Optional.empty(),
                Optional.of(Path.of("b")),
                Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--auth-token=nonsense",
        "--auth-token=jwt",
        "--auth-token=jwt,sign-method=RS256",
        "--auth-token=jwt,priv-key=b,sign-method=none",
        "--auth-token=jwt,priv-key=b,sign-method=EDDSA",
        "--auth-token=jwt,pub-key=b,sign-method=HS256",
        "--auth-token=jwt,priv-key=b,sign-method=RS256,ttl=nonsense",
        "--auth-token=jwt,priv-key=b,sign-method=RS256,ttl=0",
        "--auth-token=jwt,priv-key=b,sign-method=RS256,x=y",
        "--auth-token=jwt,priv-key=b,priv-key=c,sign-method=RS256",
        "--auth-token=jwt,priv-key,sign-method=RS256",
        "--bcrypt-cost=3",
        "--bcrypt-cost=32"
      })
  void whatCannotBeIsRefusedByName(String flag) {
    assertThatThrownBy(() -> parse(flag))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(flag.substring(0, flag.indexOf('=')))
        .hasMessageContaining("expected");
  }

  private static EtcdAuth parse(String... flags) throws StartException {
    return EtcdCommand.parse(List.of(flags), Map.of()).config().auth();
  }
}
