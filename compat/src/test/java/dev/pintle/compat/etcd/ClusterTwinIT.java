package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.Member;
import io.etcd.jetcd.api.MemberAddRequest;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberPromoteRequest;
import io.etcd.jetcd.api.MemberRemoveRequest;
import io.etcd.jetcd.api.MemberUpdateRequest;
import io.etcd.jetcd.api.MoveLeaderRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.StatusRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of one member, its term, and a downgrade that is prepared: at the real etcd and at Pintle.
class ClusterTwinIT {
  private static final String PEER = "http://127.0.0.1:2390";

  @TempDir private Path data;

  @Test
  void aClusterOfOneIsAnsweredAlike() throws Exception {
    GrpcTwin.compare(data, ClusterTwinIT::members);
  }

  private static List<String> members(ManagedChannel channel) {
    GrpcTwin.Answers answers = new GrpcTwin.Answers();
    ClusterGrpc.ClusterBlockingStub cluster = ClusterGrpc.newBlockingStub(channel);
    MaintenanceGrpc.MaintenanceBlockingStub maintenance = MaintenanceGrpc.newBlockingStub(channel);
    Member self = cluster.memberList(MemberListRequest.getDefaultInstance()).getMembers(0);
    answers.add("name " + self.getName() + ", peers " + self.getPeerURLsCount());
    for (long id : new long[] {0, 5, self.getID()}) {
      String who = id == self.getID() ? "itself" : Long.toString(id);
      answers.add(
          "lead to " + who,
          () -> maintenance.moveLeader(MoveLeaderRequest.newBuilder().setTargetID(id).build()));
      answers.add(
          "remove " + who,
          () -> cluster.memberRemove(MemberRemoveRequest.newBuilder().setID(id).build()));
      answers.add(
          "promote " + who,
          () -> cluster.memberPromote(MemberPromoteRequest.newBuilder().setID(id).build()));
      if (id != self.getID()) {
        answers.add(
            "update " + who,
            () ->
                cluster.memberUpdate(
                    MemberUpdateRequest.newBuilder().setID(id).addPeerURLs(PEER).build()));
      }
    }
    var again = MemberUpdateRequest.newBuilder().setID(self.getID());
    var updated = cluster.memberUpdate(again.addAllPeerURLs(self.getPeerURLsList()).build());
    answers.add("updated to " + updated.getMembersList().equals(List.of(self)));
    for (String url :
        new String[] {"", "nonsense", "http://h", "http://h:1/x", "ftp://h:1", ":", "http://[:1"}) {
      answers.add(
          "add " + url,
          () -> cluster.memberAdd(MemberAddRequest.newBuilder().addPeerURLs(url).build()));
    }
    answers.add("add", () -> cluster.memberAdd(MemberAddRequest.getDefaultInstance()));
    answers.add(
        "add itself",
        () ->
            cluster.memberAdd(
                MemberAddRequest.newBuilder().addAllPeerURLs(self.getPeerURLsList()).build()));
    return answers.lines();
  }

  @Test
  void aDowngradeIsPreparedAndCalledOffAlike() throws Exception {
    GrpcTwin.compare(data, ClusterTwinIT::downgrades);
  }

  private static List<String> downgrades(ManagedChannel channel) throws Exception {
    List<String> answers = new ArrayList<>();
    for (String version :
        new String[] {"", "3", "3.6.0", "3.6", "3.6.9", "3.5.0", "3.7.0", "x.y"}) {
      answers.add("validate " + version + ": " + downgrade(channel, 0, version));
    }
    answers.add("action 7: " + downgrade(channel, 7, "3.6.0"));
    answers.add("cancel: " + downgrade(channel, 2, ""));
    answers.add("enable: " + downgrade(channel, 1, "3.5.0"));
    answers.add("enable: " + downgrade(channel, 1, "3.6"));
    answers.add("status: " + downgradeInfo(channel));
    answers.add("again: " + downgrade(channel, 1, "3.6.0"));
    answers.add("validate: " + downgrade(channel, 0, "3.6.0"));
    return answers;
  }

  private static String downgrade(ManagedChannel channel, int action, String version)
      throws IOException {
    byte[] text = version.getBytes(StandardCharsets.UTF_8);
    ByteString.Output request = ByteString.newOutput();
    request.write(new byte[] {8, (byte) action, 18, (byte) text.length});
    request.write(text);
    try {
      return GrpcTwin.raw(channel, "etcdserverpb.Maintenance/Downgrade", request.toByteString())
          .getField(2)
          .getLengthDelimitedList()
          .getFirst()
          .toStringUtf8();
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode() + ": " + refused.getStatus().getDescription();
    }
  }

  private static String downgradeInfo(ManagedChannel channel) {
    return TextFormat.printer()
        .printToString(
            MaintenanceGrpc.newBlockingStub(channel)
                .status(StatusRequest.getDefaultInstance())
                .getUnknownFields())
        .lines()
        .dropWhile(line -> !line.startsWith("13"))
        .toList()
        .toString();
  }

  @Test
  void theTermGrowsWithEveryStart() throws Exception {
    for (long term = 2; term <= 4; term++) {
      try (RunningEtcd real = RunningEtcd.start(data);
          RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
        assertThat(term(pintle.etcd())).isEqualTo(term).isEqualTo(term(real.url()));
      }
    }
  }

  private static long term(String server) {
    URI uri = URI.create(server);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
    try {
      RangeRequest any = RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build();
      return KVGrpc.newBlockingStub(channel).range(any).getHeader().getRaftTerm();
    } finally {
      channel.shutdownNow();
    }
  }
}
