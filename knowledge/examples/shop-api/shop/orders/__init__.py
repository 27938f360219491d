"""From basket to parcel."""
