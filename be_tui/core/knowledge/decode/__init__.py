"""From the files of a pack to typed values, with every fault and every name that is used."""
