/// What a backend of the store is besides an [dev.pintle.kernel.keyspace.OrderedKv]: a name, by which it is chosen and remembered, what
/// it is opened with, and what it can do.
///
/// To write one: implement [dev.pintle.kernel.keyspace.OrderedKv] and [BackendProvider], name the provider in
/// `META-INF/services/dev.pintle.kernel.backend.BackendProvider`, and run the contract suite over it.
@NullMarked
package dev.pintle.kernel.backend;

import org.jspecify.annotations.NullMarked;
