package dev.pintle.etcd.watch;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.KeyRangeField;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.member.WatchHub.Spec;

/// A client's request on a watch stream.
sealed interface WatchRequest {
  /// A wish for a watcher.
  ///
  /// @param id the id the client wants, 0 to have one chosen
  record Create(long id, Spec spec, boolean fragment) implements WatchRequest {}

  record Cancel(long id) implements WatchRequest {}

  record Progress() implements WatchRequest {}

  /// A request that this release does not know; etcd ignores it.
  record Unknown() implements WatchRequest {}

  static WatchRequest decode(FieldReader in) {
    WatchRequest request = new Unknown();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> request = CreateFields.decode(in.message());
        case 2 -> request = cancel(in.message());
        case 3 -> {
          in.skip();
          request = new Progress();
        }
        default -> in.skip();
      }
    }
    return request;
  }

  private static WatchRequest cancel(FieldReader in) {
    long id = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> id = in.int64();
        default -> in.skip();
      }
    }
    return new Cancel(id);
  }

  /// The fields of one `WatchCreateRequest` while they are read.
  final class CreateFields {
    private static final int NO_PUT = 0;
    private static final int NO_DELETE = 1;

    /// The least key: what an empty key stands for here.
    private static final Bytes LEAST_KEY = Bytes.wrap(new byte[1]);

    private Bytes key = Bytes.EMPTY;
    private Bytes end = Bytes.EMPTY;
    private long startRevision;
    private boolean progress;
    private boolean puts = true;
    private boolean deletes = true;
    private boolean previous;
    private long id;
    private boolean fragment;

    private static Create decode(FieldReader in) {
      CreateFields fields = new CreateFields();
      for (int field = in.next(); field != 0; field = in.next()) {
        fields.read(field, in);
      }
      return fields.request();
    }

    private void read(int field, FieldReader in) {
      switch (field) {
        case 1 -> key = in.bytes();
        case 2 -> end = in.bytes();
        case 3 -> startRevision = in.int64();
        case 4 -> progress = in.bool();
        case 5 -> readFilters(in);
        case 6 -> previous = in.bool();
        case 7 -> id = in.int64();
        case 8 -> fragment = in.bool();
        default -> in.skip();
      }
    }

    private void readFilters(FieldReader in) {
      if (in.isPacked()) {
        FieldReader packed = in.message();
        while (packed.hasMore()) {
          filter(packed.packed());
        }
      } else {
        filter(in.int64());
      }
    }

    private void filter(long type) {
      puts &= type != NO_PUT;
      deletes &= type != NO_DELETE;
    }

    private Create request() {
      KeyRange range = KeyRangeField.of(key.isEmpty() ? LEAST_KEY : key, end);
      Spec spec = new Spec(range, startRevision, puts, deletes, previous, progress);
      return new Create(id, spec, fragment);
    }
  }
}
