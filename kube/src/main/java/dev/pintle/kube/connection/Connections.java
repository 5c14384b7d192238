package dev.pintle.kube.connection;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.verb.VerbHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The handlers of requests that lead on from the server.
public final class Connections {
  private static final String PROXY = "proxy";
  private static final Set<String> STREAMS = Set.of("attach", "exec", "portforward");
  private static final Set<String> PROXIED = Set.of("nodes", "pods", "services");
  private static final Set<String> PROXY_METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

  /// The verbs of [#PROXY_METHODS]; the last has none.
  private static final List<String> PROXY_VERBS =
      List.of("get", "create", "update", "patch", "delete", "");

  private Connections() {}

  /// The handlers by `subresource:verb`.
  ///
  /// @param authorizer says who may connect
  /// @param nodes the types of objects in which is looked where a request leads
  public static Map<String, VerbHandler> handlers(
      VerbContext context,
      Authorizer authorizer,
      Supplier<ResourceType> nodes,
      Supplier<ResourceType> pods,
      Supplier<ResourceType> slices) {
    ConnectAdmission admission = new ConnectAdmission(context);
    Kubelets kubelets = new Kubelets(nodes);
    PodStreams streams = new PodStreams(kubelets, authorizer);
    Proxies proxies = new Proxies(kubelets, slices, pods);
    Map<String, VerbHandler> handlers = new HashMap<>();
    handlers.put("log:get", new PodLog(kubelets)::get);
    for (String stream : STREAMS) {
      handlers.put(stream + ":get", admission.before(streams::connect));
      handlers.put(stream + ":create", admission.before(streams::connect));
    }
    VerbHandler proxied = admission.before(proxies::connect);
    PROXY_VERBS.forEach(verb -> handlers.put(PROXY + ":" + verb, proxied));
    return handlers;
  }

  /// Whether the target is a connection, of which nothing is read or written by the server.
  public static boolean leadsTo(RequestInfo target) {
    return isProxy(target)
        || (isOf(target, Set.of("pods")) && STREAMS.contains(target.subresource()));
  }

  /// Whether the target is a proxy: whatever follows it in the path is for whom it leads to.
  public static boolean isProxy(RequestInfo target) {
    return target.subresource().equals(PROXY) && isOf(target, PROXIED);
  }

  /// Whether a proxy is asked by a method that it takes.
  public static boolean isProxied(RequestInfo target, String method) {
    return PROXY_METHODS.contains(method) && isProxy(target);
  }

  private static boolean isOf(RequestInfo target, Set<String> resources) {
    return target.groupVersion() != null
        && target.groupVersion().group().isEmpty()
        && resources.contains(target.resource());
  }
}
