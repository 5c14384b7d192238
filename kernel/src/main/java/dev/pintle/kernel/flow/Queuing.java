package dev.pintle.kernel.flow;

/// The ways in which a priority level treats requests that it has no seats for.
public sealed interface Queuing {
  /// The way of a level without limits: every request is executed at once.
  record Exempt() implements Queuing {}

  /// The way of a level that turns requests away.
  record Reject() implements Queuing {}

  /// The way of a level that lets requests wait.
  ///
  /// @param queues how many; a flow has a hand of them
  /// @param queueLengthMax requests that wait in one of them; more are turned away as long as all seats are taken
  record Wait(int queues, int handSize, int queueLengthMax) implements Queuing {
    Dealer dealer() {
      return new Dealer(queues, handSize);
    }
  }
}
