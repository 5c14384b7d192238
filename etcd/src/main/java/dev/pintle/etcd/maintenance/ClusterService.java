package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.kernel.Bytes;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The service `etcdserverpb.Cluster`: a cluster of this one member, which has no peers and therefore no peer URLs.
public final class ClusterService {
  private static final int MEMBERS = 2;
  private static final int ID = 1;
  private static final int NAME = 2;
  private static final int CLIENT_URLS = 4;

  /// etcd leaves the revision out of the answers of this service.
  private static final long NO_REVISION = 0;

  private final long memberId;
  private final Bytes name;
  private final Supplier<List<String>> clientUrls;
  private final HeaderMessage header;

  public ClusterService(
      long memberId, String name, Supplier<List<String>> clientUrls, HeaderMessage header) {
    this.memberId = memberId;
    this.name = Bytes.utf8(name);
    this.clientUrls = clientUrls;
    this.header = header;
  }

  public Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.put("/etcdserverpb.Cluster/MemberList", DecodingUnary.unary(this::memberList));
    for (String name :
        new String[] {"MemberAdd", "MemberRemove", "MemberUpdate", "MemberPromote"}) {
      methods.put(
          "/etcdserverpb.Cluster/" + name, DecodingUnary.notServed("etcdserverpb.Cluster/" + name));
    }
    return methods;
  }

  private void memberList(GrpcCall call, ByteBuf message) {
    List<Bytes> urls = clientUrls.get().stream().map(Bytes::utf8).toList();
    int memberSize = FieldSize.int64(ID, memberId) + FieldSize.bytes(NAME, name);
    for (Bytes url : urls) {
      memberSize += FieldSize.bytes(CLIENT_URLS, url);
    }
    int size = FieldSize.nested(MEMBERS, memberSize);
    ByteBuf out = header.begin(call.allocator(), NO_REVISION, size);
    FieldWriter.nested(out, MEMBERS, memberSize);
    FieldWriter.int64(out, ID, memberId);
    FieldWriter.bytes(out, NAME, name);
    for (Bytes url : urls) {
      FieldWriter.bytes(out, CLIENT_URLS, url);
    }
    call.reply(out);
  }
}
