package io.clusterrecovery.etcd;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A moment at which this program dies: before or after one of the calls that it makes to hosts and
 * to etcd, counted from 1. Every later call finds it dead, so that no thread of it goes on.
 */
final class CrashPoint {
  private static final Set<String> HARMLESS =
      Set.of("name", "forced", "close", "endpoint", "toString");

  private final int at;
  private final String behind;
  private final CrashingHost.When when;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean dead;

  CrashPoint(int at, CrashingHost.When when) {
    this(at, when, "");
  }

  private CrashPoint(int at, CrashingHost.When when, String behind) {
    this.at = at;
    this.behind = behind;
    this.when = when;
  }

  /** Never dies, but counts. */
  static CrashPoint never() {
    return new CrashPoint(Integer.MAX_VALUE, CrashingHost.When.BEFORE);
  }

  /** Dies behind the first call of that method. */
  static CrashPoint behind(String method) {
    return new CrashPoint(Integer.MAX_VALUE, CrashingHost.When.AFTER, method);
  }

  int calls() {
    return calls.get();
  }

  /** The same, as far as the program lives. */
  <T> T on(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> called(method, real, arguments)));
  }

  /** The same cluster, reached as far as the program lives. */
  EtcdCluster on(EtcdCluster cluster) {
    return new EtcdCluster(
        cluster.endpoints(), (URI endpoint) -> on(EtcdClient.class, cluster.connect(endpoint)));
  }

  private Object called(Method method, Object real, Object[] arguments) throws Throwable {
    if (HARMLESS.contains(method.getName())) {
      return real(method, real, arguments);
    }
    int call = calls.incrementAndGet();
    if (dead || (call == at && when == CrashingHost.When.BEFORE)) {
      throw dies();
    }
    Object done = real(method, real, arguments);
    if (call == at || method.getName().equals(behind)) {
      throw dies();
    }
    return done;
  }

  private CrashingHost.Crash dies() {
    dead = true;
    return new CrashingHost.Crash("dead: " + this);
  }

  private static Object real(Method method, Object real, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public String toString() {
    return when + " " + (behind.isEmpty() ? "call " + at : behind);
  }
}
