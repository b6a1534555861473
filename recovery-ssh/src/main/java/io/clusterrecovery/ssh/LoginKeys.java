package io.clusterrecovery.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.UnixDomainSocketFactory;
import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.Vector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of one login, loaded; nothing is ever added to an agent. */
final class LoginKeys implements IdentityRepository {
  private final List<Identity> identities;

  private LoginKeys(List<Identity> identities) {
    this.identities = identities;
  }

  /**
   * Loads them.
   *
   * @throws RefusedException if one that was named cannot be used, or none can
   */
  static LoginKeys load(Login login, Failures failures) {
    List<String> leftOut = new ArrayList<>();
    List<Identity> found = ofFiles(login, leftOut, failures);
    Path agent = login.agent();
    if (agent != null) {
      found.addAll(ofAgent(agent, login, failures));
    }
    if (found.isEmpty()) {
      throw noKey(login, leftOut, failures);
    }
    return new LoginKeys(found);
  }

  private static List<Identity> ofFiles(Login login, List<String> leftOut, Failures failures) {
    List<Identity> found = new ArrayList<>();
    for (KeyFile file : login.files()) {
      KeyFileReader.Read read = KeyFileReader.read(file);
      if (read instanceof KeyFileReader.Usable usable) {
        found.add(usable.key());
      } else if (read instanceof KeyFileReader.Unusable problem) {
        leftOut.add(mayBeLeftOut(problem, login, failures));
      }
    }
    return found;
  }

  /**
   * {@return what is wrong with a file that nobody insists on, or that an agent may stand in for}
   */
  private static String mayBeLeftOut(
      KeyFileReader.Unusable problem, Login login, Failures failures) {
    if (login.named() && !(problem.locked() && login.agent() != null)) {
      throw refused(problem.found(), problem.next(), failures, problem.cause());
    }
    return problem.found();
  }

  private static List<Identity> ofAgent(Path socket, Login login, Failures failures) {
    try {
      SSHAgentConnector agent = new SSHAgentConnector(new UnixDomainSocketFactory(), socket);
      if (!agent.isAvailable() && login.named()) {
        throw refused(
            "the ssh-agent at " + socket + " does not answer.",
            "Start it, or name a private key with identity(…).",
            failures,
            null);
      }
      Vector<Identity> all = new AgentIdentityRepository(agent).getIdentities();
      return login.agentOnlyFor() ? onlyOf(login, all) : all;
    } catch (AgentProxyException e) {
      throw refused(
          "an ssh-agent cannot be used on this platform.", "Name a private key.", failures, e);
    }
  }

  private static List<Identity> onlyOf(Login login, List<Identity> all) {
    Set<PublicKey> wanted =
        login.files().stream()
            .flatMap(f -> f.publicKey().stream())
            .collect(Collectors.toUnmodifiableSet());
    return all.stream().filter(i -> wanted.contains(PublicKey.of(i.getPublicKeyBlob()))).toList();
  }

  private static RefusedException noKey(Login login, List<String> leftOut, Failures failures) {
    List<String> seen = new ArrayList<>(leftOut);
    seen.add(
        login.agent() == null
            ? "no ssh-agent is named."
            : "the ssh-agent at " + login.agent() + " has no key for it.");
    return refused(
        "there is no key to log in with: " + String.join(" ", seen),
        "Name a private key with identity(…), or add one to the agent with ssh-add.",
        failures,
        null);
  }

  private static RefusedException refused(
      String found, String next, Failures failures, @Nullable Throwable cause) {
    return failures.refused(Code.HOST_ACCESS_DENIED, found, next, cause);
  }

  /** {@return what they are called, for a message} */
  String names() {
    return identities.stream().map(Identity::getName).collect(Collectors.joining(", "));
  }

  @Override
  public Vector<Identity> getIdentities() {
    return new Vector<>(identities);
  }

  @Override
  public String getName() {
    return "keys to log in with";
  }

  @Override
  public int getStatus() {
    return RUNNING;
  }

  @Override
  public boolean add(byte[] identity) {
    return false;
  }

  @Override
  public boolean remove(byte[] blob) {
    return false;
  }

  /** Leaves all as it is: the library calls this to forget, which the end of a session does. */
  @Override
  public void removeAll() {}
}
