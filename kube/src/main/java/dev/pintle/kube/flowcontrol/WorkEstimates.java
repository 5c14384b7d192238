package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.ServiceTime;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.kernel.flow.WorkEstimator;
import dev.pintle.kernel.flow.WorkEstimator.ListWanted;
import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectView;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The maker of estimates: looks up what a request is likely to cost.
public final class WorkEstimates {
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

  /// A list that costs more than any: of one whose options cannot be read.
  private static final ListWanted WORST = new ListWanted(1_000_000_000, 0, 0, false, false, false);

  private final TypeRegistry types;
  private final Supplier<ObjectView> views;
  private final WatchTracker watches;
  private final ObjectSizes sizes = new ObjectSizes();
  private final LearnedTimes times = new LearnedTimes();

  public WorkEstimates(TypeRegistry types, Supplier<ObjectView> views, WatchTracker watches) {
    this.types = types;
    this.views = views;
    this.watches = watches;
  }

  /// @param seatsMax of one request of its level, 0 for no limit of the level's own
  public WorkEstimate of(RequestInfo target, Query query, int seatsMax, Classification found) {
    if (WRITES.contains(target.verb())) {
      return write(target, seatsMax, found);
    }
    return switch (target.verb()) {
      case "list" -> list(target, query, seatsMax, false);
      case "watch" ->
          sendsInitial(query) ? list(target, query, seatsMax, true) : WorkEstimate.ONE_SEAT;
      default -> WorkEstimate.ONE_SEAT;
    };
  }

  private WorkEstimate write(RequestInfo target, int seatsMax, Classification found) {
    // A token is no event for those who watch its account.
    if (target.resource().equals("serviceaccounts") && target.subresource().equals("token")) {
      return WorkEstimate.ONE_SEAT;
    }
    int interested = watches.interestedIn(target);
    found.counts().watchers.add(interested);
    return WorkEstimator.write(interested, seatsMax);
  }

  private static boolean sendsInitial(Query query) {
    String version = query.text("resourceVersion");
    return query.flag("sendInitialEvents") || version.isEmpty() || version.equals("0");
  }

  private WorkEstimate list(RequestInfo target, Query query, int seatsMax, boolean watch) {
    ResourceType type = type(target);
    if (type == null) {
      return WorkEstimate.ONE_SEAT;
    }
    ObjectView view = views.get();
    boolean selected = query.has("labelSelector") || query.has("fieldSelector");
    long limit = limit(query.text("limit"));
    if (limit < 0) {
      return WorkEstimator.list(WORST, seatsMax);
    }
    ListWanted wanted =
        new ListWanted(
            view.count(type, ""),
            sizes.average(type, view),
            limit,
            !target.judgedName().isEmpty(),
            watch || isFromMemory(query),
            selected);
    return WorkEstimator.list(wanted, seatsMax);
  }

  /// How many bytes the answer of a list has, or the part of a watch that says what there is already; 0 for all else. What a selector
  /// chooses is not known before: the list counts as if it were all, but the pods of one node as none.
  public long listBytes(RequestInfo target, Query query) {
    boolean lists =
        target.verb().equals("list") || (target.verb().equals("watch") && sendsInitial(query));
    ResourceType type = lists ? type(target) : null;
    if (type == null || WatchTracker.isOfOneNode(target, query)) {
      return 0;
    }
    ObjectView view = views.get();
    long count = target.judgedName().isEmpty() ? view.count(type, target.namespace()) : 1;
    long limit = limit(query.text("limit"));
    return (limit > 0 ? Math.min(limit, count) : count) * sizes.average(type, view);
  }

  /// Lets a request be taken to last as long as those of its resource and verb did.
  public void learn(FlowTicket ticket) {
    RequestInfo target = ticket.target();
    ResourceType type = type(target);
    String subresource = target.subresource();
    if (type != null && (subresource.isEmpty() || type.subresource(subresource) != null)) {
      AtomicReference<ServiceTime> time =
          times.of(type.groupResource(), subresource, target.verb());
      if (time != null) {
        ticket.learn(time);
      }
    }
  }

  private @Nullable ResourceType type(RequestInfo target) {
    var version = target.groupVersion();
    return version == null ? null : types.current().resource(version, target.resource());
  }

  /// @return -1 for what cannot be read, and is refused later
  private static long limit(String text) {
    try {
      return text.isEmpty() ? 0 : Math.max(0, GoNumbers.parseInt(text));
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private static boolean isFromMemory(Query query) {
    String version = query.text("resourceVersion");
    return switch (query.text("resourceVersionMatch")) {
      case "NotOlderThan" -> true;
      case "" ->
          query.text("continue").isEmpty()
              && (limit(query.text("limit")) == 0 || version.isEmpty() || version.equals("0"));
      default -> false;
    };
  }
}
