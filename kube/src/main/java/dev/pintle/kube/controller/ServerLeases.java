package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.transaction.ObjectLeases;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.VerbContext;
import java.util.List;

/// The keys by which the servers over one store know of each other: one for the address of each, which goes a while after the server does.
/// They lie where kube-apiserver keeps them, in its form. Of one thread at a time.
final class ServerLeases {
  static final KeyRange RANGE = KeyRange.prefix(Bytes.utf8("/registry/masterleases/"));

  /// How often a lease is renewed; upstream's figure.
  static final long RENEWAL_SECONDS = 10;

  /// Upstream's figure.
  private static final long TTL_SECONDS = 15;

  private static final String SUBSETS = "subsets";
  private static final String ADDRESSES = "addresses";
  private static final String IP = "ip";

  private final VerbContext context;
  private final ResourceType endpoints;
  private final String address;
  private long lease;

  /// @param endpoints the type that the values have
  /// @param address the server's own
  ServerLeases(VerbContext context, ResourceType endpoints, String address) {
    this.context = context;
    this.endpoints = endpoints;
    this.address = address;
  }

  private Bytes key() {
    return Bytes.utf8(RANGE.from().utf8() + address);
  }

  /// Says that the server lives. Writes only where nothing of that is there.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  void renew() {
    List<KeyValue> there = context.view().range(RangeRequest.of(KeyRange.point(key()))).entries();
    boolean ours = !there.isEmpty() && lease != 0 && there.getFirst().lease() == lease;
    if (ours && context.member().leases().keepAlive(lease).isPresent()) {
      return;
    }
    lease = ObjectLeases.grant(context.member(), TTL_SECONDS);
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.put(key(), value(), lease).commit(context.member());
    }
  }

  private Bytes value() {
    JsonArray addresses = JsonArray.of(new JsonObject().set(IP, address));
    JsonObject object =
        new JsonObject()
            .set("apiVersion", "v1")
            .set("kind", "Endpoints")
            .set("metadata", new JsonObject().set("generation", Json.of(1)))
            .set(SUBSETS, JsonArray.of(new JsonObject().set(ADDRESSES, addresses)));
    return context
        .objects()
        .write(endpoints, Canonicalizer.canonical(endpoints.schema(), object), null);
  }

  /// Says that the server lives no more.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  void end() {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.delete(key()).commit(context.member());
    }
    if (lease != 0) {
      var _ = context.member().execute(new Command.LeaseRevoke(lease));
      lease = 0;
    }
  }

  /// The addresses of the servers that live, in their order as texts.
  ///
  /// @throws dev.pintle.kube.status.StatusError when a value cannot be read
  List<String> addresses(ObjectView view) {
    return view.range(RangeRequest.of(RANGE)).entries().stream()
        .map(kv -> view.read(endpoints, kv).tree())
        .map(ServerLeases::address)
        .filter(each -> !each.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  private static String address(JsonObject object) {
    for (JsonObject subset : object.objects(SUBSETS)) {
      for (JsonObject each : subset.objects(ADDRESSES)) {
        return each.textOrEmpty(IP);
      }
    }
    return "";
  }
}
