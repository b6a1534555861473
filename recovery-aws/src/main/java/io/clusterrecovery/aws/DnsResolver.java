package io.clusterrecovery.aws;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Asks one resolver, by the DNS client that is part of the JDK. */
// That client gives texts only: unlike those of LDAP and RMI it makes no object of what it is sent.
@SuppressWarnings({"BanJNDI", "JdkObsolete"})
final class DnsResolver {
  private final Hashtable<String, String> environment = new Hashtable<>();

  /** Takes an address, with a port after it where that isn't 53; IPv6 in brackets then. */
  DnsResolver(String address) {
    String host =
        address.indexOf(':') != address.lastIndexOf(':') && !address.startsWith("[")
            ? "[" + address + "]"
            : address;
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, "dns://" + host);
    environment.put("com.sun.jndi.dns.timeout.initial", "1000");
    environment.put("com.sun.jndi.dns.timeout.retries", "2");
  }

  /** What it answers otherwise than it should; empty if it gives all. */
  Optional<String> firstDifference(List<DnsDecision.Held> held) {
    for (DnsDecision.Held each : held) {
      Optional<String> difference = difference(each);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  // A routed record is not the whole answer, so what a resolver gives says nothing about it.
  private Optional<String> difference(DnsDecision.Held held) {
    if (!held.id().setIdentifier().isEmpty()
        || held.record().filter(r -> r.kind().isPresent()).isPresent()) {
      return Optional.empty();
    }
    try {
      List<String> answer = ask(held.id());
      List<String> wanted = held.record().map(RecordSeen::values).orElse(List.of());
      RecordSeen seen = RecordSeen.plain(held.id().name(), held.id().type(), 0, answer);
      return seen.holds(wanted)
          ? Optional.empty()
          : Optional.of(
              "%s is %s there".formatted(held.id(), answer.isEmpty() ? "absent" : answer));
    } catch (NamingException e) {
      return Optional.of("it does not answer for %s: %s".formatted(held.id(), e));
    }
  }

  private List<String> ask(RecordId id) throws NamingException {
    InitialDirContext resolver = new InitialDirContext(environment);
    try {
      Attribute answer =
          resolver.getAttributes(id.name() + ".", new String[] {id.type()}).get(id.type());
      return answer == null ? List.of() : values(answer);
    } catch (NameNotFoundException e) {
      return List.of();
    } finally {
      resolver.close();
    }
  }

  private static List<String> values(Attribute answer) throws NamingException {
    List<String> values = new ArrayList<>();
    NamingEnumeration<?> all = answer.getAll();
    while (all.hasMore()) {
      values.add(String.valueOf(all.next()));
    }
    Collections.sort(values);
    return values;
  }
}
