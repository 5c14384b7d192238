package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.kernel.state.StoreAlarm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/// The reader of `AlarmRequest` and writer of `AlarmResponse`.
final class AlarmMessages {
  static final int GET = 0;
  static final int ACTIVATE = 1;
  static final int DEACTIVATE = 2;

  /// In a request, an alarm of any kind.
  static final int ANY = 0;

  private static final int ALARMS = 2;
  private static final int MEMBER_ID = 1;
  private static final int ALARM = 2;

  private AlarmMessages() {}

  record Request(int action, long memberId, int alarm) {
    boolean asksFor(StoreAlarm shown) {
      return alarm == ANY || alarm == shown.kind();
    }
  }

  static Request decode(FieldReader in) {
    int action = GET;
    long memberId = 0;
    int alarm = ANY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> action = in.int32();
        case 2 -> memberId = in.int64();
        case 3 -> alarm = in.int32();
        default -> in.skip();
      }
    }
    return new Request(action, memberId, alarm);
  }

  static ByteBuf response(
      ByteBufAllocator allocator, HeaderMessage header, long revision, List<StoreAlarm> alarms) {
    int size = 0;
    for (StoreAlarm alarm : alarms) {
      size += FieldSize.nested(ALARMS, size(alarm));
    }
    ByteBuf out = header.begin(allocator, revision, size);
    for (StoreAlarm alarm : alarms) {
      FieldWriter.nested(out, ALARMS, size(alarm));
      FieldWriter.int64(out, MEMBER_ID, alarm.memberId());
      FieldWriter.int64(out, ALARM, alarm.kind());
    }
    return out;
  }

  private static int size(StoreAlarm alarm) {
    return FieldSize.int64(MEMBER_ID, alarm.memberId()) + FieldSize.int64(ALARM, alarm.kind());
  }

  /// How the status words it.
  static String text(StoreAlarm alarm) {
    String kind = "alarm:" + kind(alarm.kind());
    return alarm.memberId() == 0
        ? kind
        : "memberID:%s %s".formatted(Long.toUnsignedString(alarm.memberId()), kind);
  }

  private static String kind(int kind) {
    return switch (kind) {
      case StoreAlarm.NO_SPACE -> "NOSPACE";
      case StoreAlarm.CORRUPT -> "CORRUPT";
      default -> Integer.toString(kind);
    };
  }
}
