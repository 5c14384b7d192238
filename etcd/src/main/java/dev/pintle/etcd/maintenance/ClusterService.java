package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.kernel.Bytes;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The service `etcdserverpb.Cluster`: a cluster of this one member. What would make it more, or another, is not served; what etcd
/// refuses in such a cluster is refused in its words.
public final class ClusterService {
  private static final String SERVICE = "etcdserverpb.Cluster/";
  private static final int MEMBERS = 2;
  private static final int ID = 1;
  private static final int NAME = 2;
  private static final int PEER_URLS = 3;
  private static final int CLIENT_URLS = 4;

  /// etcd leaves the revision out of the answers of this service.
  private static final long NO_REVISION = 0;

  private final Self self;
  private final HeaderMessage header;

  /// The facts about the one member.
  public record Self(
      long id, String name, List<String> peerUrls, Supplier<List<String>> clientUrls) {
    public Self {
      peerUrls = List.copyOf(peerUrls);
    }
  }

  public ClusterService(Self self, HeaderMessage header) {
    this.self = self;
    this.header = header;
  }

  public Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.put("/" + SERVICE + "MemberList", DecodingUnary.unary((call, message) -> answer(call)));
    methods.put("/" + SERVICE + "MemberAdd", DecodingUnary.unary(this::add));
    methods.put("/" + SERVICE + "MemberRemove", DecodingUnary.unary(this::remove));
    methods.put("/" + SERVICE + "MemberUpdate", DecodingUnary.unary(this::update));
    methods.put("/" + SERVICE + "MemberPromote", DecodingUnary.unary(this::promote));
    return methods;
  }

  private void answer(GrpcCall call) {
    ByteBuf member = call.allocator().buffer();
    try {
      FieldWriter.int64(member, ID, self.id);
      FieldWriter.bytes(member, NAME, Bytes.utf8(self.name));
      self.peerUrls.forEach(url -> FieldWriter.bytes(member, PEER_URLS, Bytes.utf8(url)));
      self.clientUrls.get().forEach(url -> FieldWriter.bytes(member, CLIENT_URLS, Bytes.utf8(url)));
      int size = member.readableBytes();
      ByteBuf out = header.begin(call.allocator(), NO_REVISION, FieldSize.nested(MEMBERS, size));
      FieldWriter.nested(out, MEMBERS, size);
      call.reply(out.writeBytes(member));
    } finally {
      member.release();
    }
  }

  private void add(GrpcCall call, ByteBuf message) {
    List<String> urls = new ArrayList<>();
    FieldReader in = FieldReader.of(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> urls.add(in.string());
        default -> in.skip();
      }
    }
    if (urls.isEmpty() || !urls.stream().allMatch(PeerUrl::isValid)) {
      call.fail(EtcdStatus.BAD_MEMBER_URLS);
    } else if (urls.stream().anyMatch(self.peerUrls::contains)) {
      call.fail(EtcdStatus.PEER_URL_EXISTS);
    } else {
      DecodingUnary.notServed(SERVICE + "MemberAdd").call(call, message);
    }
  }

  private void remove(GrpcCall call, ByteBuf message) {
    call.fail(isSelf(message) ? EtcdStatus.NOT_ENOUGH_MEMBERS : EtcdStatus.MEMBER_NOT_FOUND);
  }

  private void promote(GrpcCall call, ByteBuf message) {
    call.fail(isSelf(message) ? EtcdStatus.NO_LEARNER : EtcdStatus.MEMBER_NOT_FOUND);
  }

  private boolean isSelf(ByteBuf message) {
    long id = 0;
    FieldReader in = FieldReader.of(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> id = in.int64();
        default -> in.skip();
      }
    }
    return id == self.id;
  }

  /// The URLs are those of the flag; an update can repeat them.
  private void update(GrpcCall call, ByteBuf message) {
    List<String> urls = new ArrayList<>();
    FieldReader in = FieldReader.of(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 2 -> urls.add(in.string());
        default -> in.skip();
      }
    }
    if (!isSelf(message)) {
      call.fail(EtcdStatus.MEMBER_NOT_FOUND);
    } else if (urls.equals(self.peerUrls)) {
      answer(call);
    } else {
      DecodingUnary.notServed(SERVICE + "MemberUpdate").call(call, message);
    }
  }
}
