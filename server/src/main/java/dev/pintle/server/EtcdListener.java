package dev.pintle.server;

import dev.pintle.etcd.EtcdSurface;
import dev.pintle.etcd.http.GrpcAlone;
import dev.pintle.etcd.http.HttpAccess;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdServing;
import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.listen.ListenerConfig;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A listener that etcd's flags ask for: one address, which several URLs may name.
///
/// @param flag that names it
/// @param urls all that do
/// @param kind what is served
record EtcdListener(String flag, List<ListenUrl> urls, Kind kind) {

  /// A choice of what is served.
  enum Kind {
    EVERYTHING,
    GRPC,
    HTTP,
    METRICS
  }

  /// @throws StartException where two flags ask for one address
  static List<EtcdListener> of(EtcdServing serving) throws StartException {
    boolean split = !serving.http().isEmpty();
    Map<String, EtcdListener> byAddress = new LinkedHashMap<>();
    for (ListenUrl url : serving.clients()) {
      add(byAddress, url, "--listen-client-urls", split ? Kind.GRPC : Kind.EVERYTHING);
    }
    for (ListenUrl url : serving.http()) {
      add(byAddress, url, "--listen-client-http-urls", Kind.HTTP);
    }
    List<EtcdListener> all = new ArrayList<>(byAddress.values());
    Map<String, EtcdListener> metrics = new LinkedHashMap<>();
    for (ListenUrl url : serving.metrics()) {
      add(metrics, url, "--listen-metrics-urls", Kind.METRICS);
    }
    all.addAll(metrics.values());
    return all;
  }

  private static void add(
      Map<String, EtcdListener> byAddress, ListenUrl url, String flag, Kind kind)
      throws StartException {
    String address = url.file();
    EtcdListener before = byAddress.get(address);
    if (before != null && before.kind() != kind) {
      throw new StartException(
          ExitCode.LIKE_ETCD,
          "cannot bind both --listen-client-urls and --listen-client-http-urls on the same url "
              + url);
    }
    List<ListenUrl> urls = new ArrayList<>(before == null ? List.of() : before.urls());
    urls.add(url);
    byAddress.put(address, new EtcdListener(flag, List.copyOf(urls), kind));
  }

  boolean secure() {
    return urls.stream().anyMatch(ListenUrl::isSecure);
  }

  boolean clear() {
    return urls.stream().anyMatch(url -> !url.isSecure());
  }

  boolean isAlwaysSecure() {
    return !clear();
  }

  boolean grpc() {
    return kind == Kind.EVERYTHING || kind == Kind.GRPC;
  }

  HttpHandler serves(EtcdSurface surface, HttpAccess access) {
    return switch (kind) {
      case EVERYTHING, HTTP -> surface.http(access);
      case GRPC -> GrpcAlone::refuse;
      case METRICS -> surface.metrics();
    };
  }

  SocketAddress address() {
    ListenUrl url = urls.getFirst();
    return url.isSocketFile()
        ? UnixDomainSocketAddress.of(Path.of(url.file()))
        : url.endpoint().address();
  }

  /// Listens.
  ///
  /// @return each URL as it turned out to be
  Map<ListenUrl, String> open(Listeners listeners, ListenerConfig config) throws StartException {
    ListenUrl first = urls.getFirst();
    Map<ListenUrl, String> bound = new LinkedHashMap<>();
    if (first.isSocketFile()) {
      listeners.open(flag, first.text(), config);
      urls.forEach(url -> bound.put(url, url.text()));
    } else {
      Endpoint at = listeners.open(flag, first.endpoint(), config);
      urls.forEach(url -> bound.put(url, at.url(url.scheme())));
    }
    return bound;
  }
}
