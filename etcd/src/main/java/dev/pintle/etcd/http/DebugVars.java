package dev.pintle.etcd.http;

import dev.pintle.member.MemberStatus;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The variables of the process in the shape of Go's `expvar`, as far as a process that is not Go's has them.
final class DebugVars {
  /// Behind it stands what the user said; before it, how the JVM was started, which may be somebody else's.
  private static final String MAIN = "dev.pintle.server.Main";

  private DebugVars() {}

  static String text(MemberStatus status) {
    return """
    {
    "cmdline": [%s],
    "file_descriptor_limit": %d,
    "memstats": %s,
    "raft.status": %s
    }
    """
        .formatted(
            commandLine().stream().map(DebugVars::quoted).collect(Collectors.joining(",")),
            ProcessFiles.filesMax().orElse(0),
            memory(),
            raft(status));
  }

  private static List<String> commandLine() {
    List<String> all =
        ProcessHandle.current().info().arguments().map(Arrays::asList).orElse(List.of());
    int main = all.indexOf(MAIN);
    return main < 0 ? List.of() : all.subList(main + 1, all.size());
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(next -> {
          if (next == '"' || next == '\\') {
            json.append('\\').append((char) next);
          } else if (next < ' ') {
            json.append("\\u%04x".formatted(next));
          } else {
            json.append((char) next);
          }
        });
    return json.append('"').toString();
  }

  private static String memory() {
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory();
    long used = heap - runtime.freeMemory();
    return "{\"Alloc\":%d,\"Sys\":%d,\"HeapAlloc\":%d,\"HeapSys\":%d,\"HeapIdle\":%d,\"HeapInuse\":%d}"
        .formatted(used, heap, used, heap, heap - used, used);
  }

  private static String raft(MemberStatus status) {
    String id = Long.toHexString(status.memberId());
    long applied = status.appliedIndex();
    return ("{\"id\":\"%s\",\"term\":%d,\"vote\":\"%s\",\"commit\":%d,\"lead\":\"%s\","
            + "\"raftState\":\"StateLeader\",\"applied\":%d,\"progress\":{\"%s\":{\"match\":%d,\"next\":%d,"
            + "\"state\":\"StateReplicate\"}},\"leadtransferee\":\"0\"}")
        .formatted(id, status.raftTerm(), id, applied, id, applied, id, applied, applied + 1);
  }
}
