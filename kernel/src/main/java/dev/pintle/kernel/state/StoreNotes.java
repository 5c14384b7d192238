package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The notes about the whole store that its operators left, or that it left for them. They are no keys and have no revision.
///
/// @param downgradeTarget the version that a downgrade is prepared for; empty when none is
/// @param alarms by kind and member
public record StoreNotes(String downgradeTarget, List<StoreAlarm> alarms) {
  public static final StoreNotes NONE = new StoreNotes("", List.of());

  /// Beyond these nobody looks through them.
  static final int ALARMS_MAX = 1000;

  private static final byte[] KEY = "notes".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;
  private static final Comparator<StoreAlarm> ORDER =
      Comparator.comparingInt(StoreAlarm::kind)
          .thenComparing(StoreAlarm::memberId, Long::compareUnsigned);

  public StoreNotes {
    alarms = List.copyOf(alarms);
  }

  public boolean hasAlarm(int kind) {
    for (StoreAlarm alarm : alarms) {
      if (alarm.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  StoreNotes withDowngradeTarget(String target) {
    return new StoreNotes(target, alarms);
  }

  /// One that is there already stays as it was raised first.
  StoreNotes withAlarm(StoreAlarm raised) {
    if (alarms.stream().anyMatch(alarm -> alarm.isThatOf(raised.memberId(), raised.kind()))) {
      return this;
    }
    List<StoreAlarm> more = new ArrayList<>(alarms);
    more.add(raised);
    more.sort(ORDER);
    return new StoreNotes(downgradeTarget, more);
  }

  StoreNotes withoutAlarm(long memberId, int kind) {
    List<StoreAlarm> left =
        alarms.stream().filter(alarm -> !alarm.isThatOf(memberId, kind)).toList();
    return new StoreNotes(downgradeTarget, left);
  }

  void write(OrderedKv.Writer out) {
    ByteWriter bytes = new ByteWriter(64);
    bytes.writeByte(FORMAT);
    bytes.writeSized(Bytes.utf8(downgradeTarget));
    bytes.writeVarint(alarms.size());
    for (StoreAlarm alarm : alarms) {
      bytes.writeLong(alarm.memberId());
      bytes.writeInt(alarm.kind());
      bytes.writeByte(alarm.byItself() ? 1 : 0);
    }
    out.put(Bucket.META, KEY, bytes.toByteArray());
  }

  static StoreNotes read(OrderedKv.Reader store) {
    byte[] bytes = store.get(Bucket.META, KEY);
    return bytes == null ? NONE : decode(new ByteReader(bytes));
  }

  private static StoreNotes decode(ByteReader in) {
    int format = in.readByte();
    in.expect(format == FORMAT, "notes format: %d (expected: %d)", format, FORMAT);
    String target = in.readSized().toString();
    int count = in.readLength();
    List<StoreAlarm> alarms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      alarms.add(new StoreAlarm(in.readLong(), in.readInt(), in.readFlag()));
    }
    in.expectEnd();
    return new StoreNotes(target, alarms);
  }
}
