package dev.pintle.etcd.maintenance;

import java.util.List;

/// What the member calls itself to clients.
///
/// @param clientUrls where clients reach it, as etcd's `--advertise-client-urls`
public record Identity(String name, List<String> clientUrls) {
  public Identity {
    clientUrls = List.copyOf(clientUrls);
  }
}
