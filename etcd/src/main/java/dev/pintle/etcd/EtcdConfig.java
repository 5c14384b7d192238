package dev.pintle.etcd;

import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.etcd.maintenance.Identity;

/// What the surface needs to know beside the member it speaks for.
public record EtcdConfig(Identity identity, KvLimits limits) {}
