package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.api.AlarmMember;
import io.etcd.jetcd.api.AlarmRequest;
import io.etcd.jetcd.api.AlarmResponse;
import io.etcd.jetcd.api.AlarmType;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alarms, and what they keep from being done: at the real etcd and at Pintle; and the quota that raises one.
class AlarmTwinIT {
  private static final int SECONDS_MAX = 30;
  private static final int UNKNOWN_ALARM = 7;

  @TempDir private Path data;

  private static final class Server {
    final KVGrpc.KVBlockingStub kv;
    final LeaseGrpc.LeaseBlockingStub lease;
    final MaintenanceGrpc.MaintenanceBlockingStub maintenance;
    final GrpcTwin.Answers answers = new GrpcTwin.Answers();

    Server(ManagedChannel channel) {
      kv = KVGrpc.newBlockingStub(channel);
      lease = LeaseGrpc.newBlockingStub(channel);
      maintenance = MaintenanceGrpc.newBlockingStub(channel);
    }

    void alarm(AlarmRequest.AlarmAction action, long member, int alarm) {
      AlarmRequest request =
          AlarmRequest.newBuilder()
              .setAction(action)
              .setMemberID(member)
              .setAlarmValue(alarm)
              .build();
      answers.add("%s %d %d".formatted(action, member, alarm), () -> sorted(request));
    }

    /// In the order of their kinds: the real one has none.
    private AlarmResponse sorted(AlarmRequest request) {
      AlarmResponse response = maintenance.alarm(request);
      List<AlarmMember> alarms =
          response.getAlarmsList().stream()
              .sorted((one, other) -> Integer.compare(one.getAlarmValue(), other.getAlarmValue()))
              .toList();
      return response.toBuilder().clearAlarms().addAllAlarms(alarms).build();
    }

    void everything(String when) {
      ByteString key = ByteString.copyFromUtf8("k");
      RequestOp put =
          RequestOp.newBuilder().setRequestPut(PutRequest.newBuilder().setKey(key)).build();
      RequestOp range =
          RequestOp.newBuilder().setRequestRange(RangeRequest.newBuilder().setKey(key)).build();
      RequestOp delete =
          RequestOp.newBuilder()
              .setRequestDeleteRange(
                  DeleteRangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("none")))
              .build();
      TxnRequest putting = TxnRequest.newBuilder().addSuccess(put).build();
      answers.add(when + ", put", () -> kv.put(put.getRequestPut()));
      answers.add(when + ", put without key", () -> kv.put(PutRequest.getDefaultInstance()));
      answers.add(when + ", put in a transaction", () -> kv.txn(putting));
      answers.add(
          when + ", put not done", () -> kv.txn(TxnRequest.newBuilder().addFailure(put).build()));
      answers.add(
          when + ", put nested",
          () ->
              kv.txn(
                  TxnRequest.newBuilder()
                      .addSuccess(RequestOp.newBuilder().setRequestTxn(putting))
                      .build()));
      answers.add(when + ", range", () -> kv.range(range.getRequestRange()));
      answers.add(
          when + ", range in a transaction",
          () -> kv.txn(TxnRequest.newBuilder().addSuccess(range).build()));
      answers.add(
          when + ", delete in a transaction",
          () -> kv.txn(TxnRequest.newBuilder().addSuccess(delete).build()));
      answers.add(when + ", delete", () -> kv.deleteRange(delete.getRequestDeleteRange()));
      answers.add(
          when + ", compact",
          () -> kv.compact(CompactionRequest.newBuilder().setRevision(99).build()));
      answers.add(
          when + ", revoke",
          () -> lease.leaseRevoke(LeaseRevokeRequest.newBuilder().setID(99).build()));
      answers.add(
          when + ", grant",
          () -> lease.leaseGrant(LeaseGrantRequest.newBuilder().setID(3).setTTL(60).build()));
    }
  }

  @Test
  void alarmsAreRaisedHeededAndTakenBackAlike() throws Exception {
    GrpcTwin.compare(
        data,
        channel -> {
          Server server = new Server(channel);
          var get = AlarmRequest.AlarmAction.GET;
          var raise = AlarmRequest.AlarmAction.ACTIVATE;
          var end = AlarmRequest.AlarmAction.DEACTIVATE;
          server.everything("before");
          server.alarm(get, 0, 0);
          server.alarm(raise, 5, 0);
          server.alarm(raise, 5, AlarmType.NOSPACE_VALUE);
          server.alarm(raise, 5, AlarmType.NOSPACE_VALUE);
          server.everything("full");
          server.alarm(raise, 6, UNKNOWN_ALARM);
          server.alarm(get, 0, 0);
          server.alarm(get, 0, AlarmType.NOSPACE_VALUE);
          server.alarm(get, 6, 2);
          server.alarm(raise, 0, 2);
          server.everything("corrupt");
          server.alarm(end, 5, 0);
          server.alarm(end, 6, AlarmType.NOSPACE_VALUE);
          server.alarm(end, 5, AlarmType.NOSPACE_VALUE);
          server.alarm(end, 5, AlarmType.NOSPACE_VALUE);
          server.everything("corrupt still");
          server.alarm(end, 0, 2);
          server.alarm(end, 6, UNKNOWN_ALARM);
          server.everything("after");
          server.alarm(get, 0, 0);
          return server.answers.lines();
        });
  }

  @Test
  void aStoreBeyondItsQuotaRefusesWritesUntilThereIsRoom() throws Exception {
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(data, "--quota-backend-bytes=" + (24 << 20))) {
      URI uri = URI.create(pintle.etcd());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
      try {
        Server server = new Server(channel);
        PutRequest put =
            PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("k"))
                .setValue(ByteString.copyFrom(new byte[1 << 20]))
                .build();
        String refused = "";
        long revision = 0;
        for (int i = 0; i < 100 && refused.isEmpty(); i++) {
          try {
            revision = server.kv.put(put).getHeader().getRevision();
          } catch (StatusRuntimeException e) {
            refused = String.valueOf(e.getStatus().getDescription());
          }
        }
        assertThat(refused).isEqualTo("etcdserver: mvcc: database space exceeded");
        assertThat(revision).isGreaterThan(10);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (alarms(server) == 0 && System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        assertThat(alarms(server)).isEqualTo(1);
        assertThat(server.maintenance.status(StatusRequest.getDefaultInstance()).toString())
            .contains("alarm:NOSPACE")
            .contains("12: " + (24 << 20));
        var _ =
            server.kv.deleteRange(
                DeleteRangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build());
        var _ = server.kv.compact(CompactionRequest.newBuilder().setRevision(revision + 1).build());
        boolean written = false;
        while (!written && System.nanoTime() < end) {
          written = isWritten(server);
        }
        assertThat(written).as("room again by itself").isTrue();
        assertThat(alarms(server)).isZero();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static int alarms(Server server) {
    return server.maintenance.alarm(AlarmRequest.getDefaultInstance()).getAlarmsCount();
  }

  private static boolean isWritten(Server server) {
    try {
      var _ = server.kv.put(PutRequest.newBuilder().setKey(ByteString.copyFromUtf8("s")).build());
      return true;
    } catch (StatusRuntimeException full) {
      return false;
    }
  }
}
