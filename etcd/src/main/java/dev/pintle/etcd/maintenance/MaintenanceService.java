package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.InvariantViolation;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.member.Member;
import dev.pintle.member.MemberStatus;
import dev.pintle.member.StoreView;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The service `etcdserverpb.Maintenance`: the status; the alarm of a full disk; the hash of the history; and
/// defragmentation, which has nothing to do because space is given back while the store runs.
public final class MaintenanceService {
  private static final Bytes SERVER_VERSION = Bytes.utf8(EtcdVersion.SERVER);

  /// As etcd names it: without the patch release.
  private static final Bytes CLUSTER_VERSION =
      Bytes.utf8(EtcdVersion.CLUSTER.substring(0, EtcdVersion.CLUSTER.lastIndexOf('.')));

  /// What etcd calls the compacted revision before the first compaction.
  private static final long NEVER_COMPACTED = -1;

  private static final Bytes STORAGE_VERSION = Bytes.utf8(EtcdVersion.STORAGE);

  private final Member member;
  private final HeaderMessage header;
  private final SlowWork slowWork;

  public MaintenanceService(Member member, HeaderMessage header, SlowWork slowWork) {
    this.member = member;
    this.header = header;
    this.slowWork = slowWork;
  }

  public Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.put(path("Status"), DecodingUnary.unary(this::status));
    methods.put(path("Alarm"), DecodingUnary.unary(this::alarm));
    methods.put(path("Defragment"), DecodingUnary.unary(MaintenanceService::defragment));
    methods.put(path("MoveLeader"), DecodingUnary.unary(this::moveLeader));
    methods.put(path("Hash"), DecodingUnary.unary(this::hash));
    methods.put(path("HashKV"), DecodingUnary.unary(this::hashKv));
    methods.put(path("Downgrade"), DecodingUnary.unary(this::downgrade));
    return methods;
  }

  private void status(GrpcCall call, ByteBuf message) {
    MemberStatus status = member.status();
    long revision = member.view().revision();
    List<Bytes> alarms =
        member.alarms().stream().map(alarm -> Bytes.utf8(AlarmMessages.text(alarm))).toList();
    Bytes target = Bytes.utf8(member.view().notes().downgradeTarget());
    int downgradeSize = FieldSize.bool(1, !target.isEmpty()) + FieldSize.bytes(2, target);
    int size =
        FieldSize.bytes(2, SERVER_VERSION)
            + FieldSize.int64(3, status.storageBytes())
            + FieldSize.int64(4, status.memberId())
            + FieldSize.int64(5, status.appliedIndex())
            + FieldSize.int64(6, status.raftTerm())
            + FieldSize.int64(7, status.appliedIndex())
            + errorsSize(alarms)
            + FieldSize.int64(9, status.storageBytesInUse())
            + FieldSize.bytes(11, STORAGE_VERSION)
            + FieldSize.int64(12, status.quotaBytes())
            + FieldSize.nested(13, downgradeSize);
    ByteBuf out = header.begin(call.allocator(), revision, size);
    FieldWriter.bytes(out, 2, SERVER_VERSION);
    FieldWriter.int64(out, 3, status.storageBytes());
    FieldWriter.int64(out, 4, status.memberId());
    FieldWriter.int64(out, 5, status.appliedIndex());
    FieldWriter.int64(out, 6, status.raftTerm());
    FieldWriter.int64(out, 7, status.appliedIndex());
    alarms.forEach(alarm -> FieldWriter.bytes(out, 8, alarm));
    FieldWriter.int64(out, 9, status.storageBytesInUse());
    FieldWriter.bytes(out, 11, STORAGE_VERSION);
    FieldWriter.int64(out, 12, status.quotaBytes());
    FieldWriter.nested(out, 13, downgradeSize);
    FieldWriter.bool(out, 1, !target.isEmpty());
    FieldWriter.bytes(out, 2, target);
    call.reply(out);
  }

  private static int errorsSize(List<Bytes> errors) {
    int size = 0;
    for (Bytes error : errors) {
      size += FieldSize.bytes(8, error);
    }
    return size;
  }

  private void alarm(GrpcCall call, ByteBuf message) {
    AlarmMessages.Request request = AlarmMessages.decode(FieldReader.of(message));
    switch (request.action()) {
      case AlarmMessages.GET ->
          answer(call, member.alarms().stream().filter(request::asksFor).toList());
      case AlarmMessages.ACTIVATE -> setAlarm(call, request, true);
      case AlarmMessages.DEACTIVATE -> setAlarm(call, request, false);
      // etcd fails of it
      default -> call.fail(EtcdStatus.UNKNOWN_METHOD);
    }
  }

  private void setAlarm(GrpcCall call, AlarmMessages.Request request, boolean raised) {
    if (request.alarm() == AlarmMessages.ANY) {
      answer(call, List.of());
      return;
    }
    Command.SetAlarm command =
        new Command.SetAlarm(request.memberId(), request.alarm(), raised, false);
    StoreAlarm alarm = new StoreAlarm(request.memberId(), request.alarm(), false);
    member.submit(
        command,
        outcome -> {
          switch (outcome) {
            case Outcome.Noted(_, boolean changed) ->
                answer(call, changed || raised ? List.of(alarm) : List.of());
            case Refused refused -> call.fail(EtcdErrors.status(refused));
            case Outcome.Applied other ->
                throw new InvariantViolation("an alarm with the outcome " + other);
          }
        });
  }

  private void answer(GrpcCall call, List<StoreAlarm> alarms) {
    call.reply(AlarmMessages.response(call.allocator(), header, member.view().revision(), alarms));
  }

  /// etcd's is over everything its file holds and serves its own tests; ours is over the whole history.
  private void hash(GrpcCall call, ByteBuf message) {
    StoreView view = member.view();
    readHistory(
        call,
        () -> {
          HistoryHash hash = new HistoryHash();
          Refused refused = view.history(view.revision(), hash);
          if (refused != null) {
            call.fail(EtcdErrors.status(refused));
          } else {
            ByteBuf out =
                header.begin(call.allocator(), view.revision(), FieldSize.int64(2, hash.value()));
            FieldWriter.int64(out, 2, hash.value());
            call.reply(out);
          }
        });
  }

  private void hashKv(GrpcCall call, ByteBuf message) {
    FieldReader in = FieldReader.of(message);
    long asked = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> asked = in.int64();
        default -> in.skip();
      }
    }
    StoreView view = member.view();
    long revision = asked == 0 ? view.revision() : asked;
    readHistory(call, () -> hashKv(call, view, revision));
  }

  private void readHistory(GrpcCall call, Runnable reading) {
    if (!slowWork.tryExecuteLong(call, reading)) {
      call.fail(EtcdStatus.STOPPED);
    }
  }

  private void hashKv(GrpcCall call, StoreView view, long revision) {
    HistoryHash hash = new HistoryHash();
    Refused refused = view.history(revision, hash);
    if (refused != null) {
      call.fail(EtcdErrors.status(refused));
      return;
    }
    long compacted = view.compactedRevision() == 0 ? NEVER_COMPACTED : view.compactedRevision();
    int size =
        FieldSize.int64(2, hash.value())
            + FieldSize.int64(3, compacted)
            + FieldSize.int64(4, revision);
    ByteBuf out = header.begin(call.allocator(), view.revision(), size);
    FieldWriter.int64(out, 2, hash.value());
    FieldWriter.int64(out, 3, compacted);
    FieldWriter.int64(out, 4, revision);
    call.reply(out);
  }

  /// Nothing to do, and as in etcd not even a header in the answer.
  private static void defragment(GrpcCall call, ByteBuf message) {
    call.reply(call.allocator().buffer(0));
  }

  /// Whoever leads may be told to; there is nobody else. As in etcd not even a header in the answer.
  private void moveLeader(GrpcCall call, ByteBuf message) {
    long target = 0;
    FieldReader in = FieldReader.of(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> target = in.int64();
        default -> in.skip();
      }
    }
    if (target == member.status().memberId()) {
      call.reply(call.allocator().buffer(0));
    } else {
      call.fail(EtcdStatus.BAD_LEADER_TRANSFEREE);
    }
  }

  /// A downgrade is noted, and shown in the status until it is called off. The store itself has no form of an older release to go
  /// back to, so that the versions it tells stay.
  private void downgrade(GrpcCall call, ByteBuf message) {
    DowngradeMessages.Request request = DowngradeMessages.decode(FieldReader.of(message));
    switch (request.action()) {
      case DowngradeMessages.VALIDATE -> {
        requirePossible(request.version());
        answerClusterVersion(call);
      }
      case DowngradeMessages.ENABLE -> {
        requirePossible(request.version());
        note(call, DowngradeMessages.full(request.version()));
      }
      case DowngradeMessages.CANCEL -> note(call, "");
      default -> call.fail(EtcdStatus.UNKNOWN_METHOD);
    }
  }

  private void requirePossible(String target) {
    DowngradeMessages.requireOneBelow(EtcdVersion.CLUSTER, target);
    if (!member.view().notes().downgradeTarget().isEmpty()) {
      throw new StatusException(EtcdStatus.DOWNGRADE_IN_PROGRESS);
    }
  }

  private void note(GrpcCall call, String target) {
    member.submit(
        new Command.Downgrade(target),
        outcome -> {
          if (outcome instanceof Refused refused) {
            call.fail(EtcdErrors.status(refused));
          } else {
            answerClusterVersion(call);
          }
        });
  }

  private void answerClusterVersion(GrpcCall call) {
    long revision = member.view().revision();
    ByteBuf out = header.begin(call.allocator(), revision, FieldSize.bytes(2, CLUSTER_VERSION));
    FieldWriter.bytes(out, 2, CLUSTER_VERSION);
    call.reply(out);
  }

  private static String path(String method) {
    return "/etcdserverpb.Maintenance/" + method;
  }
}
