"""Help for editors: formats the files of content/, writes new ones, and describes them to text editors."""
