package dev.pintle.etcd.http;

import java.util.Set;

/// The choice of requests beside gRPC that the client port hears, and of pages of other origins that may read the
/// answers.
public sealed interface HttpAccess {
  /// Stands for every host, or every origin.
  String ANY = "*";

  /// Access as etcd grants it, by `--host-whitelist` and `--cors`.
  ///
  /// @param hosts those that a request may be addressed to; none, or [#ANY], for every one
  /// @param origins of pages that may read answers; none, or [#ANY], for every one
  /// @param gateway whether the JSON gateway is there
  record LikeEtcd(Set<String> hosts, Set<String> origins, boolean gateway) implements HttpAccess {
    public LikeEtcd(Set<String> hosts, Set<String> origins) {
      this(hosts, origins, true);
    }

    public LikeEtcd {
      hosts = Set.copyOf(hosts);
      origins = Set.copyOf(origins);
    }

    boolean mayAddress(String host) {
      return isIn(hosts, host);
    }

    boolean isOpenToAll() {
      return isIn(origins, ANY);
    }

    boolean mayRead(String origin) {
      return isIn(origins, origin);
    }

    private static boolean isIn(Set<String> named, String value) {
      return named.isEmpty() || named.contains(ANY) || named.contains(value);
    }
  }

  /// Access for everything but what a web page can make a browser send.
  ///
  /// @param hosts in lower case, those that a request may be addressed to beside `localhost` and addresses; [#ANY] for every one
  record NoPages(Set<String> hosts) implements HttpAccess {
    public NoPages {
      hosts = Set.copyOf(hosts);
    }
  }
}
