package dev.pintle.etcd.gateway;

import dev.pintle.wire.ResponseHeaders;

/// What etcd lets pages of other origins do: everything.
public final class Cors {
  private Cors() {}

  public static ResponseHeaders allow(ResponseHeaders headers) {
    return headers
        .add("access-control-allow-headers", "accept, content-type, authorization")
        .add("access-control-allow-methods", "POST, GET, OPTIONS, PUT, DELETE")
        .add("access-control-allow-origin", "*");
  }
}
