package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.QueueState;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An explanation for people: which schema a request matches and why none before it, and what would become of it now.
public final class FlowExplanation {
  /// Flows that are named of those ahead.
  private static final int AHEAD_MAX = 5;

  /// Requests of the flow that are told of, in each queue.
  private static final int OWN_MAX = 10;

  private final FlowControl control;
  private final UserInfo user;
  private final RequestInfo target;
  private final long listBytes;
  private final Instant now;
  private final StringBuilder text = new StringBuilder();

  private FlowExplanation(
      FlowControl control, UserInfo user, RequestInfo target, long listBytes, Instant now) {
    this.listBytes = listBytes;
    this.control = control;
    this.user = user;
    this.target = target;
    this.now = now;
  }

  /// @param listBytes that the answer is expected to have; 0 for one that is no list
  public static String of(
      FlowControl control, UserInfo user, RequestInfo target, long listBytes, Instant now) {
    FlowExplanation explanation = new FlowExplanation(control, user, target, listBytes, now);
    explanation.request();
    explanation.schemas();
    explanation.level();
    return explanation.text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void request() {
    line("request     %s %s".formatted(target.verb(), target.path()));
    line("as          %s, groups %s".formatted(user.name(), String.join(", ", user.groups())));
  }

  private void schemas() {
    String head = "passed by";
    for (FlowSchema schema : control.inForce().schemas()) {
      List<FlowRule> about = schema.rules().stream().filter(rule -> rule.isAbout(user)).toList();
      if (about.stream().anyMatch(rule -> rule.covers(target))) {
        line("%-11s %s (precedence %d)".formatted("matched", schema.name(), schema.precedence()));
        return;
      }
      String why =
          about.isEmpty() ? "no rule is about this user" : "about this user, but not this request";
      line("%-11s %s (precedence %d): %s".formatted(head, schema.name(), schema.precedence(), why));
      head = "";
    }
    line("%-11s catch-all, as no schema matches".formatted("matched"));
  }

  private void level() {
    Classification found = control.classify(user, target);
    PriorityLevel level = found.level();
    FlowSchema schema = found.schema();
    line("flow        %s".formatted(flow(schema)));
    gates(level);
    level.look(queues -> {
      QueueSetCounts counts = queues.counts();
      line(
          "level       %s: %s; %d requests executed, %d wait"
              .formatted(
                  level.name(),
                  level.spec().isExempt()
                      ? "exempt, no limit, %d seats in use".formatted(counts.seatsInUse())
                      : "%d of %d seats in use (nominal %d, %d to %d with what is lent and borrowed)"
                          .formatted(
                              counts.seatsInUse(),
                              queues.seatsMax(),
                              level.limits().nominal(),
                              level.limits().min(),
                              level.limits().max()),
                  counts.executing(),
                  counts.waiting()));
      outlook(level, queues, found.hash());
      return true;
    });
    if (level.spec().queuing() instanceof Queuing.Wait) {
      line("waited      %s".formatted(level.waited(found.hash())));
    }
  }

  /// What limits the request beside its level.
  private void gates(PriorityLevel level) {
    int seatsMax = level.spec().namespaceSeatsMax();
    String namespace = target.namespace();
    if (seatsMax > 0 && !namespace.isEmpty()) {
      QueueSetCounts counts = level.namespaces().counts(namespace);
      line(
          "namespace   %s: %d of %d seats in use, %d requests wait"
              .formatted(
                  namespace,
                  counts == null ? 0 : counts.seatsInUse(),
                  seatsMax,
                  counts == null ? 0 : counts.waiting()));
    }
    ListBytes lists = control.lists();
    if (lists != null && target.isResource()) {
      line("list bytes  %s".formatted(lists.told(listBytes)));
    }
  }

  private String flow(FlowSchema schema) {
    return switch (schema.distinguisher()) {
      case NONE -> "all requests of the schema are one";
      case BY_USER -> "by user: " + schema.distinguisher().of(user, target);
      case BY_NAMESPACE -> "by namespace: " + schema.distinguisher().of(user, target);
    };
  }

  private void outlook(PriorityLevel level, QueueSet queues, long hash) {
    boolean full = !level.spec().isExempt() && queues.counts().seatsInUse() >= queues.seatsMax();
    switch (level.spec().queuing()) {
      case Queuing.Exempt _ -> line("now         executed at once");
      case Queuing.Reject _ ->
          line(
              "now         %s"
                  .formatted(full ? "turned away: the level has no queues" : "executed at once"));
      case Queuing.Wait wait -> {
        int shortest = hand(queues, hash);
        if (!full && queues.counts().waiting() == 0) {
          line("now         executed at once");
        } else if (full && queues.queue(shortest).waiting() >= wait.queueLengthMax()) {
          line(
              "now         turned away: queue %d, the shortest of the hand, is full"
                  .formatted(shortest));
        } else {
          line("now         waits in queue %d".formatted(shortest));
        }
        waiting(queues, hash);
      }
    }
  }

  /// @return the queue with the least work
  private int hand(QueueSet queues, long hash) {
    int shortest = -1;
    List<String> shown = new ArrayList<>();
    for (int index : queues.hand(hash)) {
      QueueState queue = queues.queue(index);
      shown.add(
          "%d (%d waiting, %d executed)".formatted(index, queue.waiting(), queue.executing()));
      if (shortest < 0 || queue.workWaiting() < queues.queue(shortest).workWaiting()) {
        shortest = index;
      }
    }
    line("queues      %s".formatted(String.join(", ", shown)));
    return shortest;
  }

  /// Those of all queues of the hand, as the next request comes to the shortest of them but earlier ones of the flow may wait in another.
  private void waiting(QueueSet queues, long hash) {
    for (int index : queues.hand(hash)) {
      List<FlowTicket> line = new ArrayList<>();
      queues.forEachWaiting(index, request -> line.add((FlowTicket) request));
      if (!line.isEmpty()) {
        line(
            "queue %-5d %d wait, the first for %d ms: %s"
                .formatted(index, line.size(), waited(line.getFirst()), flows(line)));
        own(line, hash);
      }
    }
  }

  /// The places of those of the flow itself.
  private void own(List<FlowTicket> line, long hash) {
    int shown = 0;
    for (int place = 0; place < line.size(); place++) {
      FlowTicket ticket = line.get(place);
      if (ticket.classification().hash() == hash && shown++ < OWN_MAX) {
        String ahead = place == 0 ? "nobody" : flows(line.subList(0, place));
        line(
            "            of this flow: waits for %d ms behind %s".formatted(waited(ticket), ahead));
      }
    }
    if (shown > OWN_MAX) {
      line("            of this flow: %d more".formatted(shown - OWN_MAX));
    }
  }

  private long waited(FlowTicket ticket) {
    return Math.max(0, Duration.between(ticket.arrived(), now).toMillis());
  }

  private static String flows(List<FlowTicket> line) {
    Map<String, Integer> flows = new TreeMap<>();
    for (FlowTicket ticket : line) {
      String flow = ticket.classification().schema().name() + " " + ticket.user().name();
      flows.merge(flow, 1, Integer::sum);
    }
    List<Map.Entry<String, Integer>> most =
        flows.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .toList();
    List<String> shown = new ArrayList<>();
    int rest = line.size();
    for (Map.Entry<String, Integer> flow : most.subList(0, Math.min(AHEAD_MAX, most.size()))) {
      shown.add("%d of %s".formatted(flow.getValue(), flow.getKey()));
      rest -= flow.getValue();
    }
    if (rest > 0) {
      shown.add("%d of %d others".formatted(rest, most.size() - AHEAD_MAX));
    }
    return String.join(", ", shown);
  }
}
