package dev.pintle.etcd.work;

import dev.pintle.wire.GrpcRequest;
import dev.pintle.wire.worker.FairThreads;
import java.util.concurrent.Executor;

/// The threads for what an event loop must not do.
public interface SlowWork {
  /// Runs `work`, which waits for the disk and is short otherwise, beside whatever else runs.
  void execute(Runnable work);

  /// Runs `work`, which may take as long as what `call` asks for is large, once it is the client's turn. Answers false when nothing is
  /// taken any more.
  boolean tryExecuteLong(GrpcRequest call, Runnable work);

  /// @param each runs each task on a thread of its own
  static SlowWork of(Executor each, FairThreads turns) {
    return new SlowWork() {
      @Override
      public void execute(Runnable work) {
        each.execute(work);
      }

      @Override
      public boolean tryExecuteLong(GrpcRequest call, Runnable work) {
        // What waits holds a stream, and the streams of a client are counted.
        return turns.tryExecute(call.client(), 0, work);
      }
    };
  }
}
