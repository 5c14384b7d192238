package dev.pintle.wire;

import dev.pintle.wire.GrpcStatus.Code;

/// The counter of the calls of one method. Told on event loops: it must not wait, and should cost next to nothing.
public interface CallMeter {
  CallMeter NONE =
      new CallMeter() {
        @Override
        public void began() {}

        @Override
        public void received(int bytes) {}

        @Override
        public void sent(int bytes) {}

        @Override
        public void ended(Code code) {}
      };

  void began();

  /// A message of the client.
  void received(int bytes);

  /// A message of ours.
  void sent(int bytes);

  /// Once for every [#began]; [Code#CANCELLED] when the client or the connection went away.
  void ended(Code code);
}
