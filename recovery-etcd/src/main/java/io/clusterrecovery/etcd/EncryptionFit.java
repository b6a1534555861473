package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the API server on the survivor can read what the snapshot holds encrypted: a pure
 * function of what was seen. By name; whether a key of that name is the same key, only reading an
 * object tells.
 */
final class EncryptionFit {
  private final List<EncryptedBy> used;
  private final HostEncryption seen;

  private EncryptionFit(List<EncryptedBy> used, HostEncryption seen) {
    this.used = used;
    this.seen = seen;
  }

  /** How the snapshot's objects are encrypted, beside what was seen on the host. */
  static EncryptionFit of(Snapshot snapshot, HostEncryption seen) {
    return new EncryptionFit(used(snapshot), seen);
  }

  /** Whether there is anything to look for. */
  static boolean needed(Snapshot snapshot) {
    return !used(snapshot).isEmpty();
  }

  void tell(Plan.Builder plan) {
    if (seen instanceof HostEncryption.Read read) {
      plan.fact("survivor's encryption", read.file() + " names " + names(read.config()));
    } else if (seen instanceof HostEncryption.NoApiServer) {
      plan.note(
          "There is no API server on the survivor, so whether the keys of the snapshot are at hand"
              + " was not looked at: "
              + used);
    }
    refusals().forEach(plan::refuse);
  }

  private List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    if (seen instanceof HostEncryption.None) {
      refusals.add(
          missing("the API server there has no --encryption-provider-config", used.toString()));
    } else if (seen instanceof HostEncryption.Unread unread) {
      refusals.add(missing("what it can decrypt is not known: " + unread.why(), used.toString()));
    } else if (seen instanceof HostEncryption.Read read) {
      read(read, refusals);
    }
    return refusals;
  }

  private void read(HostEncryption.Read read, List<Refusal> refusals) {
    for (EncryptedBy each : used) {
      if (!read.config().names(each)) {
        refusals.add(missing(read.file() + " does not name it", each.toString()));
      } else if (each.provider().equals("kms") && read.silent().contains(each.key())) {
        refusals.add(
            new Refusal(
                Code.KMS_SILENT,
                "The snapshot's objects need the KMS plugin '%s'; nobody listens at its socket %s."
                    .formatted(each.key(), read.config().plugins().get(each.key())),
                "Get the plugin to run on the survivor."));
      }
    }
  }

  private static Refusal missing(String why, String what) {
    return new Refusal(
        Code.ENCRYPTION_KEY_MISSING,
        "The snapshot's objects are encrypted by %s, and on the survivor %s.".formatted(what, why),
        "Put the EncryptionConfiguration with that key where the API server's flag says.");
  }

  private static String names(EncryptionConfig config) {
    List<String> names = new ArrayList<>(config.keys());
    config.plugins().keySet().forEach(name -> names.add("kms:" + name));
    return String.join(", ", names.stream().sorted().toList());
  }

  private static List<EncryptedBy> used(Snapshot snapshot) {
    return snapshot.contents().kubernetes().encryption().stream()
        .filter(each -> !each.provider().equals("identity"))
        .toList();
  }
}
