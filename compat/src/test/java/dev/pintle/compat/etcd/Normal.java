package dev.pintle.compat.etcd;

import dev.pintle.compat.harness.Tool;
import java.util.regex.Pattern;

/// The words of two servers about the same thing, without what must differ: ids, ports, sizes, times, the raft term and
/// index.
final class Normal {
  private static final String[][] RULES = {
    {"http://127\\.0\\.0\\.1:[0-9]+", "ENDPOINT"},
    {
      "\"(cluster_id|member_id|leader|ID|dbSize|dbSizeInUse|dbSizeQuota|raftIndex|raftAppliedIndex|raftTerm|raft_term)\":\"?[0-9]+\"?,?",
      ""
    },
    {
      "\"(ClusterID|MemberID|RaftTerm|Leader|ID|DBSize|DBSizeInUse|DBSizeQuota|RaftIndex|RaftAppliedIndex|Took)\" : [^\n]+\n",
      ""
    },
    {"\"took\":\"[^\"]+\"", "TOOK"},
    {"took =? ?[^ \n]+", "TOOK"},
    {"\"id\":[0-9]+", "\"id\":N"},
    {"[0-9a-f]{16}", "HEXID"},
    {"\\{\"level\":[^\n]*\n", ""},
    {"\"peerURLs\":\\[[^\\]]*\\],?", ""},
    {"\"PeerURL\" : [^\n]*\n", ""},
    {",(?=[}\\]])", ""},
    {"\"lease\":[0-9]+", "\"lease\":N"},
    {"\"Lease\" : [1-9][0-9]*", "\"Lease\" : N"},
  };

  private Normal() {}

  static String of(Tool.Result result) {
    return "exit %d\n%s%s".formatted(result.exit(), of(result.out()), of(result.err()));
  }

  static String of(String text) {
    String normal = text;
    for (String[] rule : RULES) {
      normal = Pattern.compile(rule[0]).matcher(normal).replaceAll(rule[1]);
    }
    return normal;
  }
}
