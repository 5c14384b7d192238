package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.Refusing;
import dev.pintle.kernel.Bytes;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;

/// `etcdserverpb.Cluster`: a cluster of this one member, which has no peers and therefore no peer URLs.
public final class ClusterService {
  private static final int MEMBERS = 2;
  private static final int ID = 1;
  private static final int NAME = 2;
  private static final int CLIENT_URLS = 4;

  /// etcd leaves the revision out of the answers of this service.
  private static final long NO_REVISION = 0;

  private final long memberId;
  private final Identity identity;
  private final HeaderMessage header;

  public ClusterService(long memberId, Identity identity, HeaderMessage header) {
    this.memberId = memberId;
    this.identity = identity;
    this.header = header;
  }

  public Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.put("/etcdserverpb.Cluster/MemberList", Refusing.unary(this::memberList));
    for (String name :
        new String[] {"MemberAdd", "MemberRemove", "MemberUpdate", "MemberPromote"}) {
      methods.put(
          "/etcdserverpb.Cluster/" + name, Refusing.notServed("etcdserverpb.Cluster/" + name));
    }
    return methods;
  }

  private void memberList(GrpcCall call, ByteBuf message) {
    Bytes name = Bytes.utf8(identity.name());
    int memberSize = FieldSize.int64(ID, memberId) + FieldSize.bytes(NAME, name);
    for (String url : identity.clientUrls()) {
      memberSize += FieldSize.bytes(CLIENT_URLS, Bytes.utf8(url));
    }
    int size = FieldSize.nested(MEMBERS, memberSize);
    ByteBuf out = header.begin(call.allocator(), NO_REVISION, size);
    FieldWriter.nested(out, MEMBERS, memberSize);
    FieldWriter.int64(out, ID, memberId);
    FieldWriter.bytes(out, NAME, name);
    for (String url : identity.clientUrls()) {
      FieldWriter.bytes(out, CLIENT_URLS, Bytes.utf8(url));
    }
    call.reply(out);
  }
}
