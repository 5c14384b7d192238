package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.flowcontrol.FlowControl;
import dev.pintle.kube.flowcontrol.FlowDumps;
import dev.pintle.kube.flowcontrol.FlowExplanation;
import dev.pintle.kube.flowcontrol.WorkEstimates;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The routes that show the state of priority levels, `/debug/api_priority_and_fairness/`: upstream's three dumps, and `explain`, which
/// tells for a user, verb and path what becomes of such a request and why.
public final class FlowDebugRoutes implements Route {
  private static final String ROOT = "/debug/api_priority_and_fairness/";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String USAGE =
      """
      explain: %s (expected: ?user=NAME&verb=VERB&path=PATH, and group=NAME for each group that the user has beside those that
      follow from the name; VERB as in a role: get, list, watch, create, update, patch, delete, deletecollection)
      """;

  private final FlowControl control;
  private final WorkEstimates estimates;
  private final Clock clock;

  public FlowDebugRoutes(FlowControl control, WorkEstimates estimates, Clock clock) {
    this.estimates = estimates;
    this.control = control;
    this.clock = clock;
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    String path = context.info().path();
    if (!path.startsWith(ROOT)) {
      return false;
    }
    switch (path.substring(ROOT.length())) {
      case "dump_priority_levels" -> reply.text(200, TEXT, new FlowDumps(control).levels());
      case "dump_queues" -> reply.text(200, TEXT, new FlowDumps(control).queues());
      case "dump_requests" -> {
        boolean details = !context.query().text("includeRequestDetails").isEmpty();
        reply.text(200, TEXT, new FlowDumps(control).requests(details));
      }
      case "explain" -> explain(context.query(), reply);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void explain(Query query, Reply reply) {
    String user = query.text("user");
    String path = query.text("path");
    String verb = query.text("verb");
    for (String name : List.of("user", "verb", "path")) {
      if (query.text(name).isEmpty()) {
        reply.plain(400, USAGE.formatted("no " + name));
        return;
      }
    }
    if (!path.startsWith("/")) {
      reply.plain(400, USAGE.formatted("path " + path));
      return;
    }
    RequestInfo target = target(verb, path);
    long bytes = estimates.listBytes(target, options(path));
    UserInfo asked = user(user, query.all("group"));
    reply.text(200, TEXT, FlowExplanation.of(control, asked, target, bytes, clock.instant()));
  }

  private static UserInfo user(String name, List<String> given) {
    List<String> groups = new ArrayList<>(given);
    String[] parts = name.split(":", -1);
    if (name.startsWith(UserInfo.ACCOUNT_PREFIX) && parts.length == 4) {
      groups.addAll(UserInfo.accountGroups(parts[2]));
    } else {
      groups.add(
          name.equals(UserInfo.ANONYMOUS.name())
              ? UserInfo.UNAUTHENTICATED
              : UserInfo.AUTHENTICATED);
    }
    return new UserInfo(name, "", groups.stream().distinct().toList(), Map.of());
  }

  private static Query options(String path) {
    int options = path.indexOf('?');
    return options < 0 ? Query.EMPTY : Query.parse(path.substring(options + 1));
  }

  private static RequestInfo target(String verb, String path) {
    String method =
        switch (verb) {
          case "get", "list", "watch" -> "GET";
          case "create" -> "POST";
          case "update" -> "PUT";
          case "patch" -> "PATCH";
          case "delete", "deletecollection" -> "DELETE";
          default -> verb.toUpperCase(Locale.ROOT);
        };
    int options = path.indexOf('?');
    RequestInfo parsed =
        RequestInfo.parse(method, options < 0 ? path : path.substring(0, options), options(path));
    return parsed.isResource() ? parsed.withVerb(verb) : parsed;
  }
}
