package dev.pintle.server.cli;

import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The command `./pintle certs`: looks at the credentials of a data folder, or makes them anew.
public record CertsCommand(Action action, Path data) {
  /// The work to do.
  public enum Action {
    /// Say when each ends.
    CHECK,
    /// Issue all anew.
    RENEW,
    /// Make new authorities, and issue all anew by them.
    ROTATE,
    /// Believe the new authorities alone.
    FINISH
  }

  public static CertsCommand parse(List<String> arguments) throws StartException {
    boolean named = !arguments.isEmpty() && !arguments.getFirst().startsWith("-");
    String word = named ? arguments.getFirst() : "check";
    List<String> rest = arguments.subList(named ? 1 : 0, arguments.size());
    Flags flags = Flags.parse("certs", rest, Set.of("data"), Set.of("finish"));
    try {
      Path data = flags.value("data").map(Path::of).or(ServerConfig.DEFAULT::data).orElseThrow();
      return new CertsCommand(action(flags, word), data);
    } catch (InvalidPathException noPath) {
      throw flags.refusal("--data: %s".formatted(noPath.getMessage()));
    }
  }

  private static Action action(Flags flags, String word) throws StartException {
    boolean finish = flags.isOn("finish");
    if (finish && !word.equals("rotate")) {
      throw flags.refusal("--finish with %s (expected: with rotate)".formatted(word));
    }
    return switch (word) {
      case "check" -> Action.CHECK;
      case "renew" -> Action.RENEW;
      case "rotate" -> finish ? Action.FINISH : Action.ROTATE;
      default ->
          throw flags.refusal("%s: unknown (expected: check, renew, rotate)".formatted(word));
    };
  }
}
