package dev.pintle.etcd.queuing;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.KeyRangeField;
import dev.pintle.etcd.plan.QueuedMethod;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A reading of a request before it is known when it is executed: which keys it reaches, and what it will cost. The keys of a transaction
/// are all that its guards and operations name, of both branches and however deep: they reach the smallest run of keys that holds them all.
///
/// What grows with the message ends at [#OPERATIONS_MAX]: a longer transaction counts as one of all keys, and as the dearest there is.
final class RequestReading {
  static final int OPERATIONS_MAX = 4096;
  static final int RANGES_COUNTED_MAX = 64;
  private static final int DEPTH_MAX = 64;

  /// What a seat stands for, as in Kubernetes: so many bytes read or written.
  private static final double BYTES_PER_SEAT = 100_000;

  /// A key without its value, as it is read or deleted.
  private static final long KEY_BYTES = 128;

  /// A key that is looked at, to be counted in the past.
  private static final long LOOK_BYTES = 8;

  private static final long OPERATION_BYTES = 512;

  // Of a RangeRequest.
  private static final int NONE = 0;
  private static final int ASCEND = 1;
  private static final int KEY = 0;

  private final StoreView view;
  private @Nullable Bytes from;
  private @Nullable Bytes to;
  private boolean endless;
  private boolean beyond;
  private int operations;
  private int rangesCounted;
  private long bytes;
  private long valuesRead;

  private RequestReading(StoreView view) {
    this.view = view;
  }

  /// @throws dev.pintle.etcd.message.MalformedMessage when it is no such message
  static RequestReading of(QueuedMethod method, ByteBuf message, StoreView view) {
    RequestReading reading = new RequestReading(view);
    FieldReader in = FieldReader.of(message);
    switch (method) {
      case RANGE, RANGE_STREAM -> reading.range(in);
      case PUT -> reading.put(in);
      case DELETE_RANGE -> reading.deleteRange(in);
      case TXN -> reading.txn(in, 0);
      case WATCH, COMPACT, LEASE_GRANT, LEASE_REVOKE, LEASE_TIME_TO_LIVE, LEASE_LEASES -> {}
    }
    reading.bytes += message.readableBytes();
    return reading;
  }

  /// The keys that it reaches; null when it names none.
  @Nullable KeyRange reach() {
    if (beyond) {
      return KeyRange.ALL;
    }
    return from == null ? null : new KeyRange(from, endless ? null : to);
  }

  /// How many key-values its answer will have.
  long valuesRead() {
    return valuesRead;
  }

  /// The seats it is taken to need.
  ///
  /// @param averageBytes of a key-value
  /// @param seatsMax of one request
  int seats(double averageBytes, int seatsMax) {
    double seats = Math.ceil((bytes + valuesRead * averageBytes) / BYTES_PER_SEAT);
    return beyond ? seatsMax : (int) Math.clamp(seats, 1, seatsMax);
  }

  private void range(FieldReader in) {
    Bytes key = Bytes.EMPTY;
    Bytes end = Bytes.EMPTY;
    long limit = 0;
    long revision = 0;
    boolean keysOnly = false;
    boolean countOnly = false;
    long order = 0;
    long target = 0;
    boolean windows = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.bytes();
        case 2 -> end = in.bytes();
        case 3 -> limit = in.int64();
        case 4 -> revision = in.int64();
        case 5 -> order = in.int64();
        case 6 -> target = in.int64();
        case 8 -> keysOnly = in.bool();
        case 9 -> countOnly = in.bool();
        case 10, 11, 12, 13 -> windows |= in.int64() != 0;
        default -> in.skip();
      }
    }
    KeyRange range = reached(key, end);
    long keys = count(range);
    // Where the order is not that of the keys all must be read before it is known which are the
    // first.
    boolean whole = windows || !(order == NONE || (order == ASCEND && target == KEY));
    if (countOnly) {
      bytes += revision > 0 ? keys * LOOK_BYTES : 0;
    } else {
      long read = limit > 0 && !whole ? Math.min(limit, keys) : keys;
      valuesRead += keysOnly ? 0 : read;
      bytes += keysOnly ? read * KEY_BYTES : 0;
    }
  }

  private void put(FieldReader in) {
    Bytes key = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        key = in.bytes();
      } else {
        in.skip();
      }
    }
    reached(key, Bytes.EMPTY);
  }

  private void deleteRange(FieldReader in) {
    Bytes key = Bytes.EMPTY;
    Bytes end = Bytes.EMPTY;
    boolean previous = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.bytes();
        case 2 -> end = in.bytes();
        case 3 -> previous = in.bool();
        default -> in.skip();
      }
    }
    long keys = count(reached(key, end));
    bytes += keys * KEY_BYTES;
    valuesRead += previous ? keys : 0;
  }

  private void txn(FieldReader in, int depth) {
    if (depth > DEPTH_MAX) {
      beyond = true;
      return;
    }
    for (int field = in.next(); field != 0 && !beyond; field = in.next()) {
      switch (field) {
        case 1 -> guard(in.message());
        case 2, 3 -> operation(in.message(), depth);
        default -> in.skip();
      }
    }
  }

  private void guard(FieldReader in) {
    Bytes key = Bytes.EMPTY;
    Bytes end = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 3 -> key = in.bytes();
        case 64 -> end = in.bytes();
        default -> in.skip();
      }
    }
    step();
    bytes += count(reached(key, end)) * LOOK_BYTES;
  }

  private void operation(FieldReader in, int depth) {
    step();
    for (int field = in.next(); field != 0 && !beyond; field = in.next()) {
      switch (field) {
        case 1 -> range(in.message());
        case 2 -> put(in.message());
        case 3 -> deleteRange(in.message());
        case 4 -> txn(in.message(), depth + 1);
        default -> in.skip();
      }
    }
  }

  private void step() {
    bytes += OPERATION_BYTES;
    beyond |= ++operations > OPERATIONS_MAX;
  }

  /// Widens what is reached by a range, which it answers.
  private KeyRange reached(Bytes key, Bytes end) {
    KeyRange range = KeyRangeField.of(key, end);
    if (from == null || key.compareTo(from) < 0) {
      from = key;
    }
    Bytes upper = range.to();
    endless |= upper == null;
    if (upper != null && (to == null || upper.compareTo(to) > 0)) {
      to = upper;
    }
    return range;
  }

  /// How many keys there are now; a single one is not looked for.
  private long count(KeyRange range) {
    if (range.isPoint()) {
      return 1;
    }
    if (++rangesCounted > RANGES_COUNTED_MAX) {
      beyond = true;
      return 0;
    }
    RangeRequest counting = RangeRequest.of(range).withContent(Content.COUNT_ONLY);
    return view.rangeInMemory(counting) instanceof Found found ? found.result().count() : 0;
  }
}
