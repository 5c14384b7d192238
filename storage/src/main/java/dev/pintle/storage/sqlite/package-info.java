/// The backend `sqlite`: one database file, one table a bucket, in write-ahead mode.
///
/// One connection writes, a transaction a batch; reads have connections of their own, kept in a pool ([ReadConnections]). What a
/// commit wrote is forced by the next [SqliteKv#flush], or when the file is brought up to it before; SQLite keeps whole
/// transactions up to some one either way.
@NullMarked
package dev.pintle.storage.sqlite;

import org.jspecify.annotations.NullMarked;
