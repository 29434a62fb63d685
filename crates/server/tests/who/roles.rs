//! Every route as every role: who is answered what.
//!
//! The table below names all routes of the server; one that is not in it fails the test, so that whoever adds a route says who may ask it.
