package dev.pintle.kernel.flow;

/// The counts of a [QueueSet] at a moment.
///
/// @param waiting requests that wait
/// @param seatsWaiting the seats that they will hold
/// @param executing requests that are executed
/// @param seatsInUse the seats that these, and those that were answered but keep theirs for a while, hold
/// @param dispatched requests that were ever executed
/// @param rejected requests that were ever turned away, for whatever reason, or went away
/// @param timedOut of those, the ones that waited for as long as they may
/// @param cancelled of those, the ones that had been in a queue
/// @param heldUp how often the request whose turn it was needed more seats than were free
/// @param epochs how often the progress meter was set back
public record QueueSetCounts(
    int waiting,
    int seatsWaiting,
    int executing,
    int seatsInUse,
    long dispatched,
    long rejected,
    long timedOut,
    long cancelled,
    long heldUp,
    long epochs) {}
