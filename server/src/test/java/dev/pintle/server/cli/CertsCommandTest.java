package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.cli.CertsCommand.Action;
import dev.pintle.server.failure.StartException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertsCommandTest {
  @Test
  void theWordSaysWhatToDo() throws Exception {
    assertThat(CertsCommand.parse(List.of()))
        .isEqualTo(new CertsCommand(Action.CHECK, Path.of("pintle-data")));
    assertThat(CertsCommand.parse(List.of("renew", "--data", "d")))
        .isEqualTo(new CertsCommand(Action.RENEW, Path.of("d")));
    assertThat(CertsCommand.parse(List.of("--data=d")).action()).isEqualTo(Action.CHECK);
    assertThat(CertsCommand.parse(List.of("rotate")).action()).isEqualTo(Action.ROTATE);
    assertThat(CertsCommand.parse(List.of("rotate", "--finish")).action()).isEqualTo(Action.FINISH);
  }

  @Test
  void anotherWordIsRefused() {
    refused("expire: unknown (expected: check, renew, rotate)", "expire");
    refused("--finish with renew (expected: with rotate)", "renew", "--finish");
    refused("stray: unexpected", "renew", "stray");
  }

  private static void refused(String text, String... arguments) {
    assertThatThrownBy(() -> CertsCommand.parse(List.of(arguments)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(text)
        .hasMessageEndingWith("see ./pintle certs --help");
  }
}
