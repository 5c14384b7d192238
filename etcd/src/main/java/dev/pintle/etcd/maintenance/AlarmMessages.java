package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// The reader of `AlarmRequest` and writer of `AlarmResponse`. There is one alarm, that the disk is full; the member raises
/// it by itself, and ends it when there is room again.
final class AlarmMessages {
  static final int GET = 0;
  static final int ACTIVATE = 1;

  private static final int ANY = 0;
  private static final int NO_SPACE = 1;
  private static final int ALARMS = 2;
  private static final int MEMBER_ID = 1;
  private static final int ALARM = 2;

  private AlarmMessages() {}

  record Request(int action, int alarm) {
    boolean isAboutSpace() {
      return alarm == ANY || alarm == NO_SPACE;
    }
  }

  static Request decode(FieldReader in) {
    int action = GET;
    int alarm = ANY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> action = in.int32();
        case 3 -> alarm = in.int32();
        default -> in.skip();
      }
    }
    return new Request(action, alarm);
  }

  /// The answer that this member has no room.
  static ByteBuf noSpace(
      ByteBufAllocator allocator, HeaderMessage header, long revision, long memberId) {
    int alarmSize = FieldSize.int64(MEMBER_ID, memberId) + FieldSize.int64(ALARM, NO_SPACE);
    ByteBuf out = header.begin(allocator, revision, FieldSize.nested(ALARMS, alarmSize));
    FieldWriter.nested(out, ALARMS, alarmSize);
    FieldWriter.int64(out, MEMBER_ID, memberId);
    FieldWriter.int64(out, ALARM, NO_SPACE);
    return out;
  }

  /// How the status words it.
  static String noSpaceText(long memberId) {
    return "memberID:%s alarm:NOSPACE".formatted(Long.toUnsignedString(memberId));
  }
}
