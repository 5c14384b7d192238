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

/// Reads inside a transaction, as bytes.
final class RangeRequestCodec {
  private static final SortOrder[] ORDERS = SortOrder.values();
  private static final SortTarget[] TARGETS = SortTarget.values();
  private static final Content[] CONTENTS = Content.values();

  private RangeRequestCodec() {}

  static void write(RangeRequest request, ByteWriter out) {
    OperationCodec.writeRange(request.range(), out);
    out.writeVarint(request.revision());
    out.writeVarint(request.limit());
    out.writeByte(request.sort().order().ordinal());
    out.writeByte(request.sort().target().ordinal());
    out.writeByte(request.content().ordinal());
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
