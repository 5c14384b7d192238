package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.KeyRangeField;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import dev.pintle.kernel.keyspace.RangeRequest.Sort;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;

/// The fields of one `RangeRequest` while they are read. `serializable` is skipped: a member that decides alone answers
/// every read linearizably at the same cost.
final class RangeFields {
  private static final SortOrder[] ORDERS = SortOrder.values();
  private static final SortTarget[] TARGETS = SortTarget.values();

  private Bytes key = Bytes.EMPTY;
  private Bytes end = Bytes.EMPTY;
  private long limit;
  private long revision;
  private int order;
  private int target;
  private boolean keysOnly;
  private boolean countOnly;
  private long modifiedMin;
  private long modifiedMax;
  private long createdMin;
  private long createdMax;

  static RangeRequest decode(FieldReader in) {
    RangeFields fields = new RangeFields();
    for (int field = in.next(); field != 0; field = in.next()) {
      fields.read(field, in);
    }
    return fields.request();
  }

  private void read(int field, FieldReader in) {
    switch (field) {
      case 1 -> key = in.bytes();
      case 2 -> end = in.bytes();
      case 3 -> limit = in.int64();
      case 4 -> revision = in.int64();
      case 5 -> order = in.int32();
      case 6 -> target = in.int32();
      case 8 -> keysOnly = in.bool();
      case 9 -> countOnly = in.bool();
      case 10 -> modifiedMin = in.int64();
      case 11 -> modifiedMax = in.int64();
      case 12 -> createdMin = in.int64();
      case 13 -> createdMax = in.int64();
      default -> in.skip();
    }
  }

  private RangeRequest request() {
    if (key.isEmpty()) {
      throw new StatusException(EtcdStatus.EMPTY_KEY);
    }
    return new RangeRequest(
        KeyRangeField.of(key, end),
        revision,
        Math.max(0, limit),
        sort(),
        content(),
        window(modifiedMin, modifiedMax),
        window(createdMin, createdMax));
  }

  private Sort sort() {
    if (order == 0 && target == 0) {
      return Sort.BY_KEY;
    }
    if (order < 0 || order >= ORDERS.length || target < 0 || target >= TARGETS.length) {
      throw new StatusException(EtcdStatus.INVALID_SORT_OPTION);
    }
    return new Sort(ORDERS[order], TARGETS[target]);
  }

  private Content content() {
    if (countOnly) {
      return Content.COUNT_ONLY;
    }
    return keysOnly ? Content.KEYS_ONLY : Content.KEYS_AND_VALUES;
  }

  private static RevisionWindow window(long min, long max) {
    return min == 0 && max == 0 ? RevisionWindow.ANY : new RevisionWindow(min, max);
  }
}
