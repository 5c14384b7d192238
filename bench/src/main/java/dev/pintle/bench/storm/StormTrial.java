package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiLoops;
import java.io.IOException;

/// One server, everybody who uses it, and the storm that comes over them.
public final class StormTrial implements AutoCloseable {
  private final StormScale scale;
  private final StormProcess process;
  private final Bystanders bystanders;

  private StormTrial(StormScale scale, StormProcess process, Bystanders bystanders) {
    this.scale = scale;
    this.process = process;
    this.bystanders = bystanders;
  }

  /// Makes what the cluster needs, opens all connections, and lets everybody begin but the burst.
  ///
  /// @param process may have been used on servers before, and is not closed with this
  public static StormTrial of(StormTarget target, StormScale scale, StormProcess process)
      throws IOException, InterruptedException {
    ApiLoops loops = new ApiLoops();
    StormCluster cluster = new StormCluster(target, loops);
    cluster.prepare(scale);
    process.connect(target, scale);
    return new StormTrial(scale, process, new Bystanders(cluster, loops, scale));
  }

  /// A smaller burst that nobody measures, and a pause.
  public void warmUp() throws IOException, InterruptedException {
    var _ = process.burst("warm", scale.warmUpJobs());
    Thread.sleep(scale.calm());
  }

  /// The storm, once; everybody else stops with it.
  public StormOutcome storm() throws IOException, InterruptedException {
    var _ = bystanders.take();
    long heard = bystanders.heard();
    BurstOutcome burst = process.burst("storm", scale.jobs());
    bystanders.stop();
    StormFigures figures = bystanders.take();
    figures.add(burst.figures());
    return new StormOutcome(burst, figures, bystanders.heard() - heard);
  }

  @Override
  public void close() throws IOException {
    bystanders.close();
    process.disconnect();
  }
}
