package dev.pintle.embed.faults;

import dev.pintle.embed.requests.ReceivedRequest;
import dev.pintle.embed.requests.RequestFilter;
import dev.pintle.kube.intercept.FaultSource;
import dev.pintle.kube.intercept.InjectedFault;
import dev.pintle.kube.intercept.Interception;
import dev.pintle.kube.intercept.SeenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The faults of one server: none unless a test asks for them. All methods may be called by any thread; what has begun to befall a request goes
/// on.
public final class FaultInjection {
  private static final System.Logger LOG = System.getLogger(FaultInjection.class.getName());

  private final Interception interception;
  private final List<PlacedFault> placed = new CopyOnWriteArrayList<>();
  private volatile @Nullable ChaosRun chaos;

  /// The faults of a server, by its hold on the requests; for the server's own use.
  public FaultInjection(Interception interception) {
    this.interception = interception;
    interception.injectFrom(new Source());
  }

  /// Places a fault. Of several that fit a request the one placed first happens, and the delays of all.
  ///
  /// @throws IllegalArgumentException when it could never happen: there is no such resource, or the resource has no such verb or part. A type
  ///     that a definition is yet to bring must be named with its group: `boats.sail.example`.
  public PlacedFault add(Fault fault) {
    PossibleRequests.require(interception.types().current(), fault);
    PlacedFault added = new PlacedFault(fault);
    placed.add(added);
    return added;
  }

  /// Lets things go wrong at random from now on, in place of any chaos before; the seed is logged, at INFO. Faults that are placed go first.
  ///
  /// @throws IllegalArgumentException as [#add]
  public void start(Chaos wanted) {
    for (Fault each : wanted.faults()) {
      PossibleRequests.require(interception.types().current(), each);
    }
    LOG.log(System.Logger.Level.INFO, "{0}", wanted);
    chaos = new ChaosRun(wanted);
  }

  /// Ends the chaos; without any does nothing.
  public void endChaos() {
    chaos = null;
  }

  /// Takes all faults and the chaos away; who waits for a slow answer waits no more.
  public void clear() {
    chaos = null;
    placed.forEach(PlacedFault::close);
    placed.clear();
    interception.endDelays();
  }

  /// The faults that were placed, in their order, those that cannot happen any more too.
  public List<PlacedFault> placed() {
    return List.copyOf(placed);
  }

  /// The faults that were placed and have yet to happen: as often as was asked for, or once where that is always. A test may expect none.
  public List<PlacedFault> unused() {
    return placed.stream().filter(PlacedFault::isWanting).toList();
  }

  /// Breaks the watches that are open now and that a filter chooses.
  ///
  /// @return how many
  public int cutWatches(RequestFilter filter) {
    return interception
        .requests()
        .cut(
            seen ->
                seen.target().verb().equals("watch") && filter.matches(new ReceivedRequest(seen)),
            "cut");
  }

  private final class Source implements FaultSource {
    @Override
    public boolean isIdle() {
      return placed.isEmpty() && chaos == null;
    }

    @Override
    public List<InjectedFault> faultsOf(SeenRequest seen) {
      ReceivedRequest request = new ReceivedRequest(seen);
      List<InjectedFault> found = ofPlaced(request, false);
      ChaosRun random = chaos;
      if (random != null && found.isEmpty()) {
        random.faultsOf(request).map(Fault::fault).ifPresent(found::add);
      }
      return found;
    }

    @Override
    public List<InjectedFault> faultsOfOwn(SeenRequest seen) {
      return ofPlaced(new ReceivedRequest(seen), true);
    }

    /// @param own whether it is a request of the server itself
    private List<InjectedFault> ofPlaced(ReceivedRequest request, boolean own) {
      List<InjectedFault> found = new ArrayList<>();
      boolean ends = false;
      for (PlacedFault each : placed) {
        if ((!own || each.fault().isOfControllers())
            && (each.fault().isDelay() || !ends)
            && each.befalls(request)) {
          ends |= !each.fault().isDelay();
          // Whatever else befalls it does so once the time is over.
          found.add(each.fault().isDelay() ? 0 : found.size(), each.fault().fault());
        }
      }
      return found;
    }
  }
}
