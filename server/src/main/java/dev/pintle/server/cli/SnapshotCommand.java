package dev.pintle.server.cli;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The command `./pintle snapshot`: looks at a file that was saved from an etcd, or makes a data folder of it.
public sealed interface SnapshotCommand {
  /// The look at what is in it.
  record Status(Path file, boolean json) implements SnapshotCommand {}

  /// The making of a folder.
  ///
  /// @param skipHashCheck take a file without a hash, or with one that is not its own
  /// @param bumpRevision how much to raise the revision by, and count all before it as compacted; 0 for not at all
  /// @param withoutAuth have auth off, so that anybody is served; users and roles are there all the same
  record Restore(
      Path file, Path data, boolean skipHashCheck, long bumpRevision, boolean withoutAuth)
      implements SnapshotCommand {}

  static SnapshotCommand parse(List<String> arguments) throws StartException {
    List<String> words = new ArrayList<>();
    List<String> rest = new ArrayList<>(arguments);
    while (!rest.isEmpty() && words.size() < 2 && !rest.getFirst().startsWith("-")) {
      words.add(rest.removeFirst());
    }
    String action = words.isEmpty() ? "" : words.getFirst();
    // As with etcdutl, the file may also stand behind the flags.
    if (words.size() == 1 && !rest.isEmpty() && !rest.getLast().startsWith("-")) {
      words.add(rest.removeLast());
    }
    try {
      return switch (action) {
        case "status" -> status(words, rest);
        case "restore" -> restore(words, rest);
        default ->
            throw new StartException(
                ExitCode.USAGE,
                "%s: unknown (expected: status, restore); see ./pintle snapshot --help"
                    .formatted(action));
      };
    } catch (InvalidPathException noPath) {
      throw new StartException(ExitCode.USAGE, String.valueOf(noPath.getMessage()), noPath);
    }
  }

  private static Status status(List<String> words, List<String> rest) throws StartException {
    Flags flags = Flags.parse("snapshot", rest, Set.of("write-out", "w"), Set.of());
    String form = flags.value("write-out").or(() -> flags.value("w")).orElse("simple");
    if (!form.equals("simple") && !form.equals("json")) {
      throw flags.refusal("--write-out: %s (expected: simple or json)".formatted(form));
    }
    return new Status(file(flags, words), form.equals("json"));
  }

  private static Restore restore(List<String> words, List<String> rest) throws StartException {
    Flags flags =
        Flags.parse(
            "snapshot",
            rest,
            Set.of("data-dir", "bump-revision"),
            Set.of("skip-hash-check", "mark-compacted", "without-auth"));
    Path file = file(flags, words);
    if (flags.value("data-dir").isEmpty()) {
      throw flags.refusal("--data-dir: missing (expected: the folder to make)");
    }
    String bump = flags.value("bump-revision").orElse("0");
    if (!bump.matches("[0-9]{1,17}")) {
      throw flags.refusal("--bump-revision: %s (expected: a number)".formatted(bump));
    }
    long amount = Long.parseLong(bump);
    boolean raised = amount > 0;
    if (raised != flags.isOn("mark-compacted")) {
      throw flags.refusal(
          "--mark-compacted: required with --bump-revision above 0 (expected: both or neither)");
    }
    return new Restore(
        file,
        Path.of(flags.value("data-dir").get()),
        flags.isOn("skip-hash-check"),
        amount,
        flags.isOn("without-auth"));
  }

  private static Path file(Flags flags, List<String> words) throws StartException {
    if (words.size() != 2) {
      throw flags.refusal("snapshot %s: no file (expected: one)".formatted(words.getFirst()));
    }
    return Path.of(words.get(1));
  }
}
