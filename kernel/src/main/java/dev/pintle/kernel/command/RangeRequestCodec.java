package dev.pintle.kernel.command;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import dev.pintle.kernel.keyspace.RangeRequest.Sort;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;

/// The form in bytes of reads inside a transaction.
final class RangeRequestCodec {
  private static final SortOrder[] ORDERS = {SortOrder.NONE, SortOrder.ASCEND, SortOrder.DESCEND};
  private static final SortTarget[] TARGETS = {
    SortTarget.KEY, SortTarget.VERSION, SortTarget.CREATE, SortTarget.MOD, SortTarget.VALUE
  };
  private static final Content[] CONTENTS = {
    Content.KEYS_AND_VALUES, Content.KEYS_ONLY, Content.COUNT_ONLY
  };

  private RangeRequestCodec() {}

  static void write(RangeRequest request, ByteWriter out) {
    OperationCodec.writeRange(request.range(), out);
    out.writeVarint(request.revision());
    out.writeVarint(request.limit());
    out.writeOneOf(ORDERS, request.sort().order());
    out.writeOneOf(TARGETS, request.sort().target());
    out.writeOneOf(CONTENTS, request.content());
    writeWindow(request.modified(), out);
    writeWindow(request.created(), out);
  }

  static RangeRequest read(ByteReader in) {
    KeyRange range = OperationCodec.readRange(in);
    long revision = in.readVarint();
    long limit = in.readVarint();
    SortOrder order = in.readOneOf(ORDERS);
    SortTarget target = in.readOneOf(TARGETS);
    Content content = in.readOneOf(CONTENTS);
    RevisionWindow modified = readWindow(in);
    return new RangeRequest(
        range, revision, limit, new Sort(order, target), content, modified, readWindow(in));
  }

  private static void writeWindow(RevisionWindow window, ByteWriter out) {
    out.writeVarint(window.min());
    out.writeVarint(window.max());
  }

  private static RevisionWindow readWindow(ByteReader in) {
    return new RevisionWindow(in.readVarint(), in.readVarint());
  }
}
