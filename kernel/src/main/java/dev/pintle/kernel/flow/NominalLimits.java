package dev.pintle.kernel.flow;

/// The limits of a level as they are configured, in seats.
///
/// @param nominal its part of all seats, rounded up
/// @param min what it keeps, whatever others need
/// @param max what it has at most with what it borrows
public record NominalLimits(int nominal, int min, int max) {
  /// @param serverSeats seats of the whole server
  /// @param shares of this level, at least 0
  /// @param sharesOfAll of this level and all others
  /// @param lendablePercent what others may have of it, 0 to 100
  /// @param borrowingPercent what it may borrow, of what it has itself; -1 for as much as the server has
  public static NominalLimits of(
      int serverSeats, int shares, long sharesOfAll, int lendablePercent, int borrowingPercent) {
    int nominal =
        sharesOfAll == 0 ? 0 : (int) Math.ceil((double) serverSeats * shares / sharesOfAll);
    int borrowed = borrowingPercent < 0 ? serverSeats : percent(nominal, borrowingPercent);
    long max = Math.min(Integer.MAX_VALUE, (long) nominal + borrowed);
    return new NominalLimits(nominal, nominal - percent(nominal, lendablePercent), (int) max);
  }

  private static int percent(int seats, int percent) {
    return (int) Math.min(Integer.MAX_VALUE, Math.round((double) seats * percent / 100));
  }

  public int lendable() {
    return nominal - min;
  }

  /// What a new level begins with: half of what it may lend counts as lent.
  public int initial() {
    return nominal - lendable() / 2;
  }

  /// Seats that one request of the level may be taken to need: so few that the requests of one hand of queues can be executed at the
  /// same time.
  public int requestSeatsMax(int handSize) {
    int together = nominal / handSize;
    return (int) Math.max(1, Math.min(Math.ceil(nominal * 0.15), together));
  }
}
